// The companies of a customer on a day: a company and all below it in the legal or the commercial view, each once. One row per customer.
CALL () {
  MATCH (root:LegalEntity {id: $root_id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $root_id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH root, date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (root)<-[parents:PARENT_IN|FORMER_PARENT_IN*0..64]-(entity)
WHERE all(fact IN parents WHERE fact.view IN ['legal', 'commercial'] AND fact.controlling
  AND fact.cut IS NULL AND fact.planned IS NULL AND fact.recorded_to = open
  AND fact.valid_from <= day AND fact.valid_to > day)
  AND ($scope IS NULL OR NOT EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
WITH DISTINCT root, entity
OPTIONAL MATCH (record:SourceRecord {id: entity.record})
WITH root, entity, record.system AS source_id ORDER BY entity.id
RETURN root.id AS root_id, collect(entity.id) AS ids,
       collect(coalesce(entity.hq_country, entity.jurisdiction, '')) AS countries,
       collect(coalesce(entity.status, '')) AS statuses,
       collect(coalesce(entity.stub, false)) AS stubs,
       collect(DISTINCT source_id) AS source_ids,
       [known IN [
         ['Bill', EXISTS { (:Bill) }], ['ServiceMeasure', EXISTS { (:ServiceMeasure) }],
         ['TroubleTicket', EXISTS { (:TroubleTicket) }], ['Agreement', EXISTS { (:Agreement) }],
         ['Opportunity', EXISTS { (:Opportunity) }], ['Order', EXISTS { (:Order) }],
         ['Service', EXISTS { (:Service) }], ['Seller', EXISTS { (:Seller) }]
       ] WHERE known[1] | known[0]] AS known_labels
ORDER BY ids[0]
