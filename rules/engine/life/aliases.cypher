// Retired ids and the company that each stands for now. One row per retired id.
MATCH (alias:EntityAlias)-[:REDIRECTS_TO*1..16]->(entity:LegalEntity)
RETURN alias.id AS alias_id, entity.id AS entity_id
ORDER BY alias_id
