// The companies that stand for retired ids. One row per retired id.
UNWIND $ids AS id
MATCH (:EntityAlias {id: id})-[:REDIRECTS_TO*1..16]->(entity:LegalEntity)
RETURN id AS alias_id, entity.id AS entity_id
ORDER BY alias_id
