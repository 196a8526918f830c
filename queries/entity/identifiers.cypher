// The identifiers of a company as now known, past ones included. One row per identifier and record.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (entity)-[fact:HAS_IDENTIFIER|FORMER_HAS_IDENTIFIER]->(target:Identifier)
WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
MATCH (record:SourceRecord {id: fact.record})
RETURN target.scheme AS scheme, target.value AS value, target.issuer AS issuer,
       target.is_valid AS is_valid,
       fact.valid_from AS valid_from, fact.valid_to AS valid_to,
       coalesce(fact.assumed_from, false) AS is_start_assumed, record.system AS source,
       record.id AS record_id, fact.id AS fact_id
ORDER BY valid_to DESC, valid_from DESC, scheme, value, fact_id
