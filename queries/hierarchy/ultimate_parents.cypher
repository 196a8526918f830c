// The top of the family of each of these companies today, itself if nothing is above it. One row per company.
UNWIND $entity_ids AS asked_id
CALL (asked_id) {
  MATCH (entity:LegalEntity {id: asked_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: asked_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH asked_id, entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (entity) (()-[facts:PARENT_IN WHERE facts.view = $view AND facts.controlling]->(:LegalEntity)
  ){0,64} (top:LegalEntity)
WHERE NOT EXISTS { (top)-[:PARENT_IN {view: $view, controlling: true}]->(:LegalEntity) }
WITH asked_id, size(facts) AS depth, CASE WHEN $scope IS NULL OR NOT EXISTS {
  (top)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope } THEN top END AS top
RETURN DISTINCT asked_id AS entity_id,
       coalesce(top.id, 'out-of-scope-' + toString(depth)) AS ultimate_parent_id, top.name AS name,
       top.jurisdiction AS jurisdiction, depth AS depth
ORDER BY entity_id, ultimate_parent_id
