// Products that run and are billed no more, or are billed on after their end. One row per product and finding.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
    -[:GOVERNS]->(product:Product)
  RETURN product, max(coalesce(item.ends_on, date('9999-12-31'))) AS covered_to
  UNION
  // What no contract governs belongs to who pays for it.
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on > $today - duration({months: 3})
  MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(product:Product)
  WHERE NOT EXISTS { (:AgreementItem)-[:GOVERNS]->(product) }
  RETURN DISTINCT product, date('0001-01-01') AS covered_to
}
WITH product, account, entity ORDER BY covered_to DESC, account.id, entity.id
WITH product, head(collect(account)) AS account, head(collect(entity)) AS entity
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND NOT coalesce(service.is_test, false)
WITH product, account, entity, service ORDER BY service.id
WITH product, account, entity, collect(service)[..50] AS services, max(service.ceased_on) AS last_ceased_on,
     count(CASE WHEN service.ceased_on <= $today THEN 1 END) AS ceased, count(CASE WHEN
       service.state = 'active' AND coalesce(service.ceased_on > $today, true) THEN 1 END) AS live
WITH *, CASE WHEN ceased = size(services) THEN last_ceased_on END AS ceased_on
WHERE live > 0 OR ceased_on IS NOT NULL
CALL (product, services) {
  UNWIND [product] + services AS billed
  MATCH (billed)<-[:FOR]-(charge:Charge {kind: 'recurring'})
  WITH charge ORDER BY charge.period_to DESC, charge.id LIMIT 1
  MATCH (charge)<-[:HAS_CHARGE]-(:Bill)-[:ON]->(payer:BillingAccount)
  RETURN charge AS last_charge, payer,
         duration.inMonths(charge.period_from, charge.period_to).months AS span
}
WITH *
WHERE live > 0 AND last_charge.period_to < $today OR last_charge.period_from >= ceased_on
CALL (payer) {
  MATCH (payer)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
  WITH bill ORDER BY coalesce(bill.period_from, bill.issued_on), bill.id
  RETURN collect(bill) AS closed
}
CALL (product, services, ceased_on) {
  UNWIND [product] + services AS billed
  MATCH (billed)<-[:FOR]-(charge:Charge)<-[:HAS_CHARGE]-(bill:Bill)
  WHERE charge.kind IN ['recurring', 'credit'] AND bill.issued_on <= $today
    AND coalesce(charge.period_from, bill.issued_on) >= ceased_on
  WITH DISTINCT charge, bill ORDER BY charge.period_from, charge.id
  RETURN sum(charge.amount) AS charged_after,
         collect(CASE charge.kind WHEN 'recurring' THEN bill END) AS bills_after,
         collect(CASE charge.kind WHEN 'recurring' THEN charge.period_to END) AS ends_after
}
WITH *, [bill IN closed
  WHERE coalesce(bill.period_from, bill.issued_on) >= last_charge.period_to] AS bills_without
WITH *, CASE
    WHEN live > 0 AND size(bills_without) >= $min_bills AND product.bundle IS NULL
      AND coalesce(product.price > 0, true)
      AND NOT EXISTS {
        MATCH (item:AgreementItem {monthly_amount: 0})-[:GOVERNS]->(product)
        WHERE item.starts_on <= $today AND coalesce(item.ends_on > $today, true)
      }
      AND NOT EXISTS {
        UNWIND services AS one
        MATCH (one)<-[:DELIVERS {action: 'delete'}]-(:Order {status: 'completed'})
      } THEN 'active_not_billed'
    WHEN live = 0 AND charged_after > 0 AND size(closed) >= $min_bills
      AND all(bill IN closed[size(closed) - $min_bills..] WHERE bill IN bills_after)
      THEN 'billed_not_active'
  END AS finding, last_charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END AS monthly
WHERE finding IS NOT NULL
WITH *, finding = 'active_not_billed' AS is_live
WITH *, CASE WHEN is_live THEN bills_without ELSE bills_after END AS bills,
     CASE WHEN is_live THEN coalesce(bills_without[0].period_to, bills_without[0].issued_on)
       ELSE ends_after[0] END AS first_to
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, product.id AS product_id,
       coalesce(head([one IN services WHERE one.name IS NOT NULL | one.name]), product.id) AS product,
       finding AS finding,
       CASE WHEN is_live THEN 'running and not billed' ELSE 'billed although it has ended' END AS what,
       CASE WHEN is_live THEN last_charge.period_to ELSE ceased_on END AS since,
       payer.id AS billing_account_id, [one IN services | one.id] AS service_ids,
       COLLECT {
         UNWIND bills AS bill
         WITH DISTINCT bill ORDER BY bill.issued_on DESC, bill.id LIMIT 50
         RETURN bill.id AS id ORDER BY id LIMIT 50
       } AS bill_ids,
       first_to + duration({days: $answer_days}) AS act_by,
       [[12 * monthly, last_charge.currency]] AS value,
       [[CASE WHEN is_live THEN size(bills) * monthly ELSE charged_after END, last_charge.currency]] AS past
ORDER BY product_id, finding
