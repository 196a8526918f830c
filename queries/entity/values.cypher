// Every value of a company's properties with the record that gives it, those that lost included. One row per property and record.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
CALL (entity) {
  MATCH (record:SourceRecord)-[claim:CLAIMS]->(entity)
  UNWIND coalesce(claim.won, []) + coalesce(claim.agreed, []) + coalesce(claim.lost, [])
    AS property
  RETURN record, property, property IN coalesce(claim.won, []) AS is_shown,
         toStringOrNull(CASE WHEN property IN claim.lost THEN claim[property]
                        ELSE entity[property] END) AS value
  UNION ALL
  MATCH (record:SourceRecord {id: entity.record})
  UNWIND [key IN keys(entity) WHERE NOT key IN
    ['id', 'record', 'reference', 'stub', 'revised', 'first_seen_at', 'last_seen_at']] AS property
  WITH entity, record, property WHERE NOT EXISTS {
    ()-[claim:CLAIMS]->(entity) WHERE property IN claim.won }
  RETURN record, property, true AS is_shown, toStringOrNull(entity[property]) AS value
}
WITH record, property, value, is_shown
WHERE $property IS NULL OR property = $property
MATCH (record)-[:READ_IN]->(run:LoadRun)-[:OF]->(system:SourceSystem)
RETURN property AS property, value AS value, is_shown AS is_shown, record.id AS record_id,
       record.system AS system, record.record_type AS record_type, record.native_id AS native_id,
       record.file AS file, record.line AS line, record.position AS position,
       toString(record.recorded_from) AS known_at, run.id AS run_id, system.name AS source_name
ORDER BY property, is_shown DESC, record_id
