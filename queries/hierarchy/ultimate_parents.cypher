// The top of the family of each of these companies today, itself if nothing is above it. One row per company.
UNWIND $entity_ids AS asked_id
CALL (asked_id) {
  MATCH (entity:LegalEntity {id: asked_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: asked_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
MATCH (entity) (()-[facts:PARENT_IN WHERE facts.view = $view AND facts.controlling]->(:LegalEntity)
  ){0,64} (top:LegalEntity)
WHERE NOT EXISTS { (top)-[:PARENT_IN {view: $view, controlling: true}]->(:LegalEntity) }
RETURN DISTINCT asked_id AS entity_id, top.id AS ultimate_parent_id, top.name AS name,
       top.jurisdiction AS jurisdiction, size(facts) AS depth
ORDER BY entity_id, ultimate_parent_id
