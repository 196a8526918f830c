// Products that were delivered and of which no bill has ever spoken. One row per product.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
  -[:GOVERNS]->(product:Product)
WHERE NOT EXISTS { (product)<-[:FOR]-(:Charge) } AND product.bundle IS NULL
  AND coalesce(product.price > 0, true) AND coalesce(item.monthly_amount > 0, true)
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
  AND NOT coalesce(service.is_test, false) AND NOT EXISTS { (service)<-[:FOR]-(:Charge) }
MATCH (service)<-[delivers:DELIVERS]-(order:Order {status: 'completed'})
WHERE delivers.action <> 'delete'
WITH product, service, order, item, agreement, account, entity
ORDER BY item.ends_on DESC, account.id, entity.id, service.activated_on, service.id, order.id
WITH product, min(item.starts_on) AS starts_on, head(collect(service)) AS service,
     head(collect(order)) AS order, head(collect(item)) AS item, head(collect(agreement)) AS agreement,
     head(collect(account)) AS account, head(collect(entity)) AS entity
// It is paid for from the latest of delivery, acceptance and the first day of the contract's line.
WITH *, COLLECT {
  UNWIND [service.activated_on, product.accepted_on, starts_on] AS day
  WITH day WHERE day IS NOT NULL RETURN day ORDER BY day DESC LIMIT 1
}[0] AS since
WHERE since < $today - duration({days: $min_days})
CALL (entity, agreement, since) {
  CALL (entity, agreement) {
    MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(payer:BillingAccount)
    RETURN payer
    UNION
    MATCH (agreement)-[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(:Product)<-[:FOR]-(:Charge)
      <-[:HAS_CHARGE]-(:Bill)-[:ON]->(payer:BillingAccount)
    RETURN DISTINCT payer
  }
  MATCH (payer)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    AND bill.issued_on > since AND coalesce(bill.period_to, bill.issued_on) > since
  WITH payer, bill ORDER BY bill.issued_on, bill.id LIMIT 1
  RETURN payer, bill
}
WITH *, coalesce(product.price, item.monthly_amount) AS monthly,
     coalesce(product.currency, item.currency) AS currency
WITH *, monthly > 0 AND currency IS NOT NULL AS is_priced
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       product.id AS product_id, service.id AS service_id,
       coalesce(service.name, product.id) AS product, service.activated_on AS activated_on,
       order.id AS order_id, payer.id AS billing_account_id, bill.id AS bill_id,
       CASE WHEN product.accepted_on IS NOT NULL
         THEN service.activated_on + duration({days: $answer_days}) END AS act_by,
       CASE WHEN is_priced THEN [[12 * monthly, currency]] ELSE [] END AS value,
       CASE WHEN is_priced THEN [[duration.inMonths(since, $today).months * monthly, currency]]
         ELSE [] END AS unbilled,
       CASE WHEN product.accepted_on IS NULL
         THEN 'no acceptance is recorded: the customer may still test it' END AS blind_reason
ORDER BY product_id
