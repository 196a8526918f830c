// The records of sources behind these ids of versions. One row per record version.
UNWIND $record_ids AS wanted
MATCH (record:SourceRecord {id: wanted})
WHERE $scope IS NULL OR EXISTS {
  MATCH (record)-[:RESOLVES_TO]->(thing)
  WHERE thing:LegalEntity AND NOT EXISTS { (thing)-[:IN_FAMILY {own: true}]->(:Account) }
    OR EXISTS {
    (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
      -[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope } OR EXISTS {
    (thing)<-[:HAS_CHARGE*0..1]-(:Bill)-[:ON]->(:BillingAccount)<-[:BILLED_BY]-(:Customer)
      <-[:PLAYS]-(:LegalEntity)-[:IN_FAMILY {own: true}]->(holder:Account)
    WHERE holder.id IN $scope }
}
RETURN DISTINCT record.id AS record_id, record.system AS system, record.record_type AS record_type,
       record.native_id AS native_id, toString(record.recorded_from) AS known_from,
       record.file AS file, record.line AS line
ORDER BY record_id
