// One company as it stands, asked by its id or by a retired one. One row per company.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
RETURN entity.id AS entity_id, entity.name AS name, entity.reference AS reference,
       entity.lei AS lei, entity.jurisdiction AS jurisdiction, entity.category AS category,
       entity.status AS status, entity.registration_status AS registration_status,
       entity.legal_form AS legal_form, entity.created_on AS created_on,
       entity.ended_on AS ended_on, entity.legal_address AS legal_address,
       entity.hq_address AS hq_address, entity.hq_country AS hq_country,
       entity.is_sellable AS is_sellable, entity.parent_exception AS parent_exception,
       entity.ultimate_exception AS ultimate_exception, coalesce(entity.stub, false) AS is_stub,
       CASE WHEN entity.stub THEN COLLECT {
         MATCH (entity)-[fact]-(other:LegalEntity)
         WHERE fact.record IS NOT NULL AND ($scope IS NULL OR NOT EXISTS {
           (other)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
         WITH DISTINCT fact.record AS record_id LIMIT 1000
         MATCH (record:SourceRecord {id: record_id})
         RETURN DISTINCT record.system AS system ORDER BY system
       } ELSE [] END AS mentioned_by,
       COUNT {
         MATCH (entity)<-[:PARENT_IN {controlling: true}]-(child)
         WHERE $scope IS NULL OR NOT EXISTS {
           (child)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
         RETURN DISTINCT child
       }
         AS child_count,
       entity.record AS record_id, toString(entity.first_seen_at) AS first_seen_at,
       toString(entity.last_seen_at) AS last_seen_at
ORDER BY entity_id
