// Sources whose facts mention these companies, for those that no source describes. One row per company.
UNWIND $entity_ids AS asked_id
MATCH (entity:LegalEntity {id: asked_id})
WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
CALL (entity) {
  MATCH (entity)-[fact:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN|OWNS]-(other:LegalEntity)
  WHERE $scope IS NULL OR NOT EXISTS {
    (other)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
  WITH DISTINCT fact.record AS record_id LIMIT 100
  MATCH (record:SourceRecord {id: record_id})
  WITH DISTINCT record.system AS system ORDER BY system
  RETURN collect(system) AS systems
}
RETURN entity.id AS entity_id, systems AS systems
ORDER BY entity_id
