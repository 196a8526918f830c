// The controlling parents above a company, nearest first. One row per ancestor.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH entity, coalesce(date($valid_on), date()) AS valid_on,
     coalesce(datetime($known_at), datetime('9999-12-30T00:00:00Z')) AS known_at
MATCH (entity) (()-[facts:PARENT_IN|FORMER_PARENT_IN
    WHERE facts.view = $view AND facts.controlling AND facts.cut IS NULL
      AND facts.valid_from <= valid_on AND valid_on < facts.valid_to AND facts.planned IS NULL
      AND facts.recorded_from <= known_at AND known_at < facts.recorded_to]->(:LegalEntity)
  ){1,64} (ancestor:LegalEntity)
WITH ancestor, size(facts) AS depth, facts[-1] AS fact, startNode(facts[-1]) AS below
WITH ancestor, depth, fact,
     CASE WHEN $scope IS NULL THEN true ELSE NOT EXISTS {
       (ancestor)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
     } END AS is_in_scope,
     CASE WHEN $scope IS NULL THEN true ELSE NOT EXISTS {
       (below)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
     } END AS is_below_in_scope
WITH depth, is_in_scope, 'out-of-scope-' + toString(depth) AS stub,
     CASE WHEN is_in_scope THEN ancestor END AS ancestor,
     CASE WHEN is_in_scope AND is_below_in_scope THEN fact END AS fact
RETURN DISTINCT coalesce(ancestor.id, stub) AS ancestor_id, ancestor.name AS name, ancestor.jurisdiction AS jurisdiction,
       depth AS depth, fact.share AS share, fact.id AS fact_id, fact.valid_from AS valid_from,
       is_in_scope AS is_in_scope
ORDER BY depth, ancestor_id
