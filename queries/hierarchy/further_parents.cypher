// Parents of these companies beside the controlling one, joint ventures mostly. One row per further parent.
WITH coalesce(date($valid_on), date()) AS valid_on,
     coalesce(datetime($known_at), datetime('9999-12-30T00:00:00Z')) AS known_at
UNWIND $entity_ids AS entity_id
MATCH (entity:LegalEntity {id: entity_id})-[fact:PARENT_IN|FORMER_PARENT_IN]->(parent:LegalEntity)
WHERE fact.view = $view AND (NOT fact.controlling OR fact.cut)
  AND fact.valid_from <= valid_on AND valid_on < fact.valid_to AND fact.planned IS NULL
  AND fact.recorded_from <= known_at AND known_at < fact.recorded_to
  AND ($scope IS NULL OR NOT EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
  AND ($scope IS NULL OR NOT EXISTS {
    (parent)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
RETURN DISTINCT entity.id AS entity_id, parent.id AS parent_id,
       coalesce(parent.name, parent.reference) AS parent_name,
       fact.share AS share, coalesce(fact.cut, false) AS is_cut, fact.id AS fact_id
ORDER BY entity_id, share DESC, parent_id, fact_id
