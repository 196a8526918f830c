// Companies in insolvency proceedings that have live services or unpaid bills. One row per company and finding.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)<-[:SUBJECT]-(event:CorporateEvent {status: 'IN_PROGRESS'})
WHERE event.type IN ['INSOLVENCY', 'BANKRUPTCY', 'VOLUNTARY_ARRANGEMENT', 'LIQUIDATION']
  // A notice that says it is over goes before an older one that says it is open.
  AND NOT EXISTS {
    MATCH (entity)<-[:SUBJECT]-(over:CorporateEvent {type: event.type})
    WHERE over.status IN ['COMPLETED', 'WITHDRAWN_CANCELLED']
      AND over.recorded_on >= coalesce(event.recorded_on, event.effective_on)
  }
WITH entity, event, account, coalesce(event.effective_on, event.recorded_on) AS opened_on
ORDER BY opened_on, event.id, account.id
WITH entity, head(collect(account)) AS account, min(opened_on) AS opened_on,
     head(collect(event.type)) AS kind, collect(DISTINCT event.id) AS events
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billed:BillingAccount)
  WITH DISTINCT billed
  CALL (billed) {
    MATCH (billed)<-[:ON]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.settled_on > $today, true) AND bill.remaining_amount > 0
    RETURN coalesce(bill.currency, billed.currency) AS currency, bill.remaining_amount AS amount,
           true AS is_unpaid, bill.id AS bill_id, null AS product
    UNION ALL
    // Three months of what the last bill says go on.
    CALL (billed) {
      MATCH (billed)<-[:ON]-(bill:Bill)
      WHERE bill.issued_on <= $today AND bill.period_to > $today - duration({months: 3})
      RETURN bill ORDER BY bill.period_to DESC, bill.issued_on DESC, bill.id LIMIT 1
    }
    MATCH (bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
    OPTIONAL MATCH (charge)-[:FOR]->(product:Product)
    WITH bill, charge, product, duration.inMonths(charge.period_from, charge.period_to).months AS span
    RETURN charge.currency AS currency, 3 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END AS amount,
           false AS is_unpaid, bill.id AS bill_id, product
  }
  WITH currency, sum(amount) AS amount, max(is_unpaid) AS is_unpaid, collect(DISTINCT billed.id) AS billed,
       collect(DISTINCT bill_id) AS bills, collect(DISTINCT product) AS products
  ORDER BY currency
  RETURN collect([amount, currency]) AS value, max(is_unpaid) AS is_unpaid, collect(billed) AS billed,
         collect(bills) AS bills, collect(products) AS billed_products
}
CALL (entity, billed_products) {
  CALL (entity, billed_products) {
    MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
      -[:GOVERNS]->(:Product)-[:REALIZED_BY]->(service:Service)
    WHERE service.state = 'active' AND service.activated_on <= $today
      AND coalesce(service.ceased_on > $today, true)
    RETURN service.id AS id
    UNION
    UNWIND billed_products AS products
    UNWIND products AS product
    MATCH (product)-[:REALIZED_BY]->(service:Service)
    WHERE service.state = 'active' AND service.activated_on <= $today
      AND coalesce(service.ceased_on > $today, true)
    RETURN service.id AS id
  }
  RETURN collect(id) AS services
}
WITH *
WHERE services <> [] OR is_unpaid
RETURN entity.id AS entity_id, account.id AS account_id, 'proceeding' AS finding,
       coalesce(entity.name, entity.id) AS entity, coalesce(account.name, account.id) AS account,
       CASE kind
         WHEN 'INSOLVENCY' THEN 'insolvency proceedings are open'
         WHEN 'BANKRUPTCY' THEN 'bankruptcy proceedings are open'
         WHEN 'VOLUNTARY_ARRANGEMENT' THEN 'a voluntary arrangement with its creditors is open'
         ELSE 'it is being liquidated' END AS proceeding,
       opened_on AS opened_on, size(services) AS services,
       opened_on + duration({days: $act_within_days}) AS act_by, value AS exposure,
       COLLECT { UNWIND events AS id RETURN id ORDER BY id LIMIT 50 } AS event_ids,
       COLLECT {
         UNWIND billed + bills AS some
         UNWIND some AS id
         RETURN DISTINCT id ORDER BY id LIMIT 25
       } + COLLECT { UNWIND services AS id RETURN id ORDER BY id LIMIT 25 } AS exposure_ids,
       CASE WHEN opened_on IS NULL THEN 'the day on which the proceedings opened is not known'
       END AS blind_reason
ORDER BY entity_id, finding
