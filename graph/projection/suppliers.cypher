// The systems whose records an account's picture stands on. One row per account and system.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY]-(entity:LegalEntity)
WITH DISTINCT account, entity
CALL (account, entity) {
  RETURN entity AS thing
  UNION
  RETURN account AS thing
  UNION
  MATCH (entity)-[:OCCUPIES]->(site:Site) RETURN site AS thing
  UNION
  MATCH (entity)-[:PLAYS]->(customer:Customer) RETURN customer AS thing
  UNION
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billed:BillingAccount) RETURN billed AS thing
  UNION
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
  RETURN agreement AS thing
  UNION
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
    -[:GOVERNS]->(product:Product)
  RETURN product AS thing
  UNION
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
    -[:GOVERNS]->(:Product)-[:REALIZED_BY]->(service:Service)
  RETURN service AS thing
}
WITH DISTINCT account, thing
MATCH (thing)<-[:RESOLVES_TO]-(record:SourceRecord)
RETURN DISTINCT account.id AS account_id, record.system AS source_id
ORDER BY account_id, source_id
