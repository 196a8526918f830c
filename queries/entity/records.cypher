// Every version of every source record about a company, the latest first. One row per record version.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (record:SourceRecord)-[:RESOLVES_TO]->(entity)
MATCH (record)-[:READ_IN]->(run:LoadRun)-[:OF]->(system:SourceSystem)
WITH record, run, system, record.recorded_to = datetime('9999-12-31T00:00:00Z') AS is_current
RETURN record.id AS record_id, record.system AS system, system.name AS source_name,
       record.record_type AS record_type, record.native_id AS native_id,
       is_current AS is_current, toString(record.recorded_from) AS known_from,
       CASE WHEN NOT is_current THEN toString(record.recorded_to) END AS known_to,
       run.id AS run_id, run.as_of AS as_of, record.file AS file, record.line AS line,
       record.position AS position
ORDER BY is_current DESC, known_from DESC, record_id
