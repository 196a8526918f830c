// All versions of one fact by its id, the last believed first. One row per version.
CALL () {
  MATCH ()-[fact:PARENT_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_PARENT_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_PARENT_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:OWNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_OWNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_OWNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:DIRECTLY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_DIRECTLY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_DIRECTLY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:ULTIMATELY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_ULTIMATELY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_ULTIMATELY_CONSOLIDATED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:INTERNATIONAL_BRANCH_OF {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_INTERNATIONAL_BRANCH_OF {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_INTERNATIONAL_BRANCH_OF {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:HAS_NAME {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_HAS_NAME {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_HAS_NAME {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:HAS_IDENTIFIER {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_HAS_IDENTIFIER {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_HAS_IDENTIFIER {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLAYS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_PLAYS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_PLAYS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:OCCUPIES {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_OCCUPIES {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_OCCUPIES {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:HEADQUARTERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_HEADQUARTERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_HEADQUARTERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:ROOTED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_ROOTED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_ROOTED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:BILLED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_BILLED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_BILLED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PARTY_TO {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_PARTY_TO {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_PARTY_TO {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:GOVERNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_GOVERNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_GOVERNS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:COUNTS_TOWARD {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_COUNTS_TOWARD {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_COUNTS_TOWARD {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:REALIZED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_REALIZED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_REALIZED_BY {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:DELIVERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_DELIVERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_DELIVERED_AT {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:DIVERSE_FROM {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_DIVERSE_FROM {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_DIVERSE_FROM {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:ROUTED_VIA {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_ROUTED_VIA {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_ROUTED_VIA {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:AVAILABLE_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_AVAILABLE_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_AVAILABLE_IN {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:COVERS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_COVERS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_COVERS {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:MEMBER_OF {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:FORMER_MEMBER_OF {id: $fact_id}]->() RETURN fact
  UNION ALL
  MATCH ()-[fact:PLANNED_MEMBER_OF {id: $fact_id}]->() RETURN fact
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
ORDER BY known_to IS NULL DESC, known_from DESC, valid_from DESC, fact_id
