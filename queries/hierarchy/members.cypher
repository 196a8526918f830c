// The family below a company on a day as it was known at a moment, nearest first. One row per company.
CALL () {
  MATCH (root:LegalEntity {id: $root_id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $root_id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH root, coalesce(date($valid_on), date()) AS valid_on,
     coalesce(datetime($known_at), datetime('9999-12-30T00:00:00Z')) AS known_at
MATCH path = (root) (()<-[fact:PARENT_IN|FORMER_PARENT_IN
    WHERE fact.view = $view AND fact.controlling AND fact.cut IS NULL AND fact.planned IS NULL
      AND fact.valid_from <= valid_on AND valid_on < fact.valid_to
      AND fact.recorded_from <= known_at AND known_at < fact.recorded_to
  ]-(:LegalEntity)){0,64} (entity:LegalEntity)
WITH entity, length(path) AS depth, relationships(path)[-1] AS fact,
     CASE WHEN $scope IS NULL THEN nodes(path)[-2] ELSE last([above IN nodes(path)[..-1]
       WHERE NOT EXISTS {
         (above)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
       }]) END AS parent,
     nodes(path)[-2] AS next
WHERE depth <= $depth AND ($scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
WITH entity, depth, parent, CASE WHEN next = parent THEN fact END AS fact
RETURN entity.id AS entity_id, parent.id AS parent_id, depth AS depth, entity.name AS name,
       entity.jurisdiction AS jurisdiction, entity.status AS status, entity.lei AS lei,
       fact.id AS fact_id, fact.share AS share, fact.valid_from AS valid_from
ORDER BY depth, entity_id
