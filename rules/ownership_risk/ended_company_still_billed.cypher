// Companies that exist no more and are billed for time after their end. One row per company.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
// The LEI may lapse or retire while the company lives; a branch is billed through its head office.
WHERE entity.status = 'INACTIVE' AND coalesce(entity.category, 'GENERAL') <> 'BRANCH'
  AND coalesce(entity.ended_on < $today - duration({days: $grace_days}), true)
WITH entity, account ORDER BY account.id
WITH entity, head(collect(account)) AS account
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(customer:Customer)-[:BILLED_BY]->(billed:BillingAccount)
  WHERE NOT toLower(coalesce(billed.state, 'active')) IN ['closed', 'inactive', 'terminated']
    // Somebody else is the customer by now.
    AND NOT EXISTS { (customer)<-[:PLAYS]-(heir:LegalEntity) WHERE heir <> entity AND heir.status = 'ACTIVE' }
  WITH DISTINCT billed
  CALL (billed) {
    MATCH (billed)<-[:ON]-(bill:Bill)
    WHERE bill.issued_on <= $today AND bill.issued_on > $today - duration({days: $billed_within_days})
    RETURN bill ORDER BY bill.issued_on DESC, bill.period_to DESC, bill.id LIMIT 1
  }
  MATCH (bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
  WHERE coalesce(charge.period_from > entity.ended_on, true)
  WITH billed, bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS span
  WITH charge.currency AS currency, collect(DISTINCT billed) AS accounts, collect(DISTINCT bill.id) AS bills,
       sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
  ORDER BY currency
  UNWIND accounts AS billed
  RETURN collect(DISTINCT billed) AS accounts, collect(DISTINCT bills) AS bills,
         collect(DISTINCT [annual, currency]) AS value
}
WITH * WHERE accounts <> []
CALL (accounts) {
  UNWIND accounts AS billed
  MATCH (billed)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= $today AND coalesce(bill.settled_on > $today, true)
  WITH coalesce(bill.currency, billed.currency) AS currency, sum(coalesce(bill.remaining_amount, 0)) AS amount
  ORDER BY currency
  RETURN collect([amount, currency]) AS receivables
}
CALL (entity) {
  MATCH (entity)<-[:PREDECESSOR|SUBJECT]-(event:CorporateEvent {status: 'COMPLETED'})
  WHERE event.type IN ['ABSORPTION', 'DISSOLUTION', 'LIQUIDATION', 'MERGERS_AND_ACQUISITIONS']
  RETURN collect(DISTINCT event.id) AS events
}
RETURN entity.id AS entity_id, account.id AS account_id, coalesce(entity.name, entity.id) AS entity,
       coalesce(account.name, account.id) AS account, entity.ended_on AS ended_on,
       CASE size(accounts) WHEN 1 THEN '1 account' ELSE size(accounts) + ' accounts' END AS billing_accounts,
       entity.ended_on + duration({days: $act_within_days}) AS act_by, value AS value,
       CASE receivables WHEN [] THEN [one IN value[..50] | [0, one[1]]] ELSE receivables END AS receivables,
       COLLECT { UNWIND accounts AS billed RETURN billed.id AS id ORDER BY id LIMIT 50 } AS billing_account_ids,
       COLLECT { UNWIND bills AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 } AS bill_ids,
       COLLECT { UNWIND events + [entity.id] AS id RETURN id ORDER BY id LIMIT 50 } AS end_ids,
       CASE WHEN entity.ended_on IS NULL THEN 'the day on which it ended is not known' END AS blind_reason
ORDER BY entity_id
