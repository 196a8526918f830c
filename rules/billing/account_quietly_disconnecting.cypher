// Accounts that give up one service after the other without a word. One row per account.
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
WITH product, account ORDER BY covered_to DESC, account.id
WITH product, head(collect(account)) AS account, date.truncate('month', $today) AS until
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE until - duration({months: $fall_months + 1}) < service.ceased_on AND service.ceased_on <= $today
  AND coalesce(service.ceased_by, 'customer') = 'customer' AND NOT coalesce(service.is_test, false)
  AND NOT EXISTS { (product)-[:REALIZED_BY]->(other:Service)
    WHERE other.activated_on <= $today AND coalesce(other.ceased_on > $today, true) }
  AND NOT EXISTS { (service)<-[:REPLACES]-(order:Order)
    WHERE NOT coalesce(order.status, '') IN ['cancelled', 'rejected', 'failed'] }
  // What comes to the site within months replaces it; what went in the same weeks last year is a season.
  AND NOT EXISTS {
    MATCH (service)-[:DELIVERED_AT]->(:Site)<-[:DELIVERED_AT]-(other:Service)
    WHERE other <> service AND (
      service.ceased_on - duration({days: $replaced_days}) <= other.activated_on
        AND other.activated_on <= service.ceased_on + duration({days: $replaced_days})
      OR service.ceased_on - duration({years: 1, days: 45}) <= other.ceased_on
        AND other.ceased_on <= service.ceased_on - duration({years: 1}) + duration({days: 45}))
  }
WITH account, product, service, until ORDER BY service.ceased_on, service.id
WITH account, until, collect(DISTINCT product)[..1000] AS products,
     collect(DISTINCT service)[..1000] AS services
WITH *, [one IN services WHERE one.ceased_on > $today - duration({days: $cease_days})] AS lately
WITH *, [one IN lately WHERE one.ceased_by = 'customer'] AS asked
CALL (account, until, products) {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(:LegalEntity)-[:PLAYS]->(:Customer)
    -[:BILLED_BY]->(payer:BillingAccount)
  WITH DISTINCT payer, until, products
  MATCH (payer)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= $today
  WITH bill, products,
       bill.period_from < until AND bill.period_to > until - duration({months: 1}) AS is_now,
       bill.period_from < until - duration({months: $fall_months})
         AND bill.period_to > until - duration({months: $fall_months + 1}) AS is_then
  WHERE is_now OR is_then
  MATCH (bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
  OPTIONAL MATCH (charge)-[:FOR]->(product:Product)
  WITH charge.currency AS currency, product, products, is_now, is_then, charge,
       duration.inMonths(charge.period_from, charge.period_to).months AS months
  WITH currency, product, products, is_now, is_then,
       charge.amount / CASE WHEN months > 1 THEN months ELSE 1 END AS monthly
  WITH currency, product, products, sum(CASE WHEN is_then THEN monthly ELSE 0 END) AS earlier,
       sum(CASE WHEN is_now THEN monthly ELSE 0 END) AS lately
  // What is still billed counts at its earlier price, and what replaces another was no new sale.
  WITH currency, earlier, coalesce(product IN products, false) AS is_shed, lately,
       EXISTS { (product)-[:REALIZED_BY]->(:Service)<-[:DELIVERS]-(:Order)-[:REPLACES]->(:Service) } AS replaces
  WITH currency, sum(earlier) AS earlier, sum(CASE WHEN is_shed THEN earlier ELSE 0 END) AS shed,
       sum(CASE WHEN is_shed AND lately = 0 THEN earlier
         WHEN earlier = 0 AND NOT replaces THEN -lately ELSE 0 END) AS fall
  WHERE earlier > 0
  WITH currency, 1.0 * shed / earlier AS share, fall >= $min_fall_share * earlier AS has_fallen
  ORDER BY share DESC, currency
  RETURN max(share) AS share, true IN collect(has_fallen) AS has_fallen
}
WITH *, size(asked) >= $min_services AS is_asked
WHERE has_fallen OR size(lately) >= $min_services
CALL (products) {
  UNWIND products AS product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount * 12 / CASE WHEN months > 1 THEN months ELSE 1 END) AS annual
    ORDER BY billed_to DESC, currency LIMIT 1
    RETURN currency, annual
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
WITH *, has_fallen OR is_asked AS is_found, [one IN services | one.id][..50] AS ids
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       CASE WHEN is_found THEN share END AS share, size(services) AS services,
       COLLECT { UNWIND ids AS id RETURN id ORDER BY id LIMIT 50 } AS service_ids,
       COLLECT { UNWIND products AS product RETURN product.id AS id ORDER BY id LIMIT 50 } AS product_ids,
       COLLECT {
         MATCH (account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(:LegalEntity)
           -[:PLAYS]->(:Customer)-[:BILLED_BY]->(payer:BillingAccount)
         RETURN DISTINCT payer.id AS id ORDER BY id LIMIT 50
       } AS billing_account_ids,
       CASE WHEN is_asked THEN asked[$min_services - 1].ceased_on + duration({days: $answer_days})
         WHEN is_found THEN date.truncate('quarter', services[0].ceased_on)
           + duration({months: 3, days: $answer_days}) END AS act_by,
       value AS value,
       CASE WHEN NOT is_found THEN 'who asked for ' + (size(lately) - size(asked)) + ' of '
         + size(lately) + ' ceases is unknown' END AS blind_reason
ORDER BY account_id
