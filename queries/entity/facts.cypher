// Every version of every fact that a company states or is owned by, superseded ones included. One row per fact version.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
CALL (entity) {
  MATCH (entity)-[fact]->() WHERE fact.recorded_from IS NOT NULL RETURN fact
  UNION ALL
  MATCH (entity)<-[fact:OWNS|FORMER_OWNS|PLANNED_OWNS]-() RETURN fact
}
WITH fact, startNode(fact) AS begins, endNode(fact) AS leads
WHERE $scope IS NULL OR NOT EXISTS {
    UNWIND [begins, leads] AS side
    MATCH (side)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
  } AND (begins.id IN $scope OR leads.id IN $scope
    OR begins:LegalEntity AND (leads:LegalEntity OR leads:Name OR leads:Identifier) OR EXISTS {
    UNWIND [begins, leads] AS side
    MATCH (side)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|HAS_CLAUSE|HAS_COMMITMENT|GOVERNS
      |REALIZED_BY|DELIVERED_AT|OCCUPIES|HEADQUARTERED_AT*0..6]-
      (:LegalEntity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope
  })
OPTIONAL MATCH (record:SourceRecord {id: fact.record})
OPTIONAL MATCH (record)-[:READ_IN]->(run:LoadRun)
WITH fact, record, run, begins, leads, type(fact) AS kind,
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
