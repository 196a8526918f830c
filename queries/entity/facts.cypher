// Every version of every fact that a company states or is owned by, superseded ones included. One row per fact version.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
CALL (entity) {
  MATCH (entity)-[fact]->() WHERE fact.recorded_from IS NOT NULL RETURN fact
  UNION ALL
  MATCH (entity)<-[fact:OWNS|FORMER_OWNS|PLANNED_OWNS]-() RETURN fact
}
OPTIONAL MATCH (record:SourceRecord {id: fact.record})
OPTIONAL MATCH (record)-[:READ_IN]->(run:LoadRun)
WITH fact, record, run, startNode(fact) AS begins, endNode(fact) AS leads, type(fact) AS kind,
     fact.recorded_to = datetime('9999-12-31T00:00:00Z') AS is_believed
RETURN fact.id AS fact_id, replace(replace(kind, 'FORMER_', ''), 'PLANNED_', '') AS type,
       CASE WHEN kind STARTS WITH 'FORMER_' THEN 'former' WHEN kind STARTS WITH 'PLANNED_'
         THEN 'planned' ELSE 'present' END AS tense,
       begins.id AS start_id, coalesce(begins.name, begins.value, begins.reference) AS start,
       leads.id AS end_id, coalesce(leads.name, leads.value, leads.reference) AS end,
       fact.valid_from AS valid_from, fact.valid_to AS valid_to,
       coalesce(fact.assumed_from, false) AS is_start_assumed,
       toString(fact.recorded_from) AS known_from,
       CASE WHEN NOT is_believed THEN toString(fact.recorded_to) END AS known_to,
       fact.reason AS reason,
       trim(reduce(details = '', name IN ['view', 'share', 'share_low', 'share_high',
         'controlling', 'cut', 'planned', 'basis', 'role', 'confidence', 'exception_reason'] |
         details + coalesce(name + ' ' + toStringOrNull(fact[name]) + '  ', ''))) AS details,
       record.id AS record_id, record.system AS system, record.native_id AS native_id,
       record.file AS file, record.line AS line, record.position AS position, run.id AS run_id
ORDER BY type, known_to IS NULL DESC, known_from DESC, valid_from DESC, fact_id
