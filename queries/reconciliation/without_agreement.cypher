// Products that run for more than 60 days, are charged on two bills and were never under an agreement. One row per product.
WITH date($on) AS day, date('9999-12-31') AS open
MATCH (product:Product)
USING SCAN product:Product
WHERE product.bundle IS NULL
  AND NOT EXISTS { MATCH (product)<-[:GOVERNS|FORMER_GOVERNS|PLANNED_GOVERNS]-(:AgreementItem) }
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND service.activated_on < day - duration({days: 60})
  AND coalesce(service.ceased_on, open) > day AND NOT coalesce(service.is_test, false)
CALL (day, product, service) {
  UNWIND [product, service] AS thing
  MATCH (thing)<-[:FOR]-(charge:Charge {kind: 'recurring'})
        <-[:HAS_CHARGE]-(bill:Bill)-[:ON]->(account:BillingAccount)
  WHERE bill.issued_on <= day AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
  WITH DISTINCT charge, bill, account ORDER BY charge.period_from DESC, charge.id
  WITH collect([charge, account])[0] AS last, count(DISTINCT bill) AS bills
  WHERE bills >= 2
  RETURN last[0] AS charge, last[1] AS account
}
OPTIONAL MATCH (service)-[:DELIVERED_AT]->(site:Site)
WITH service, product, charge, account, site ORDER BY site.id
WITH service, product, charge, account, collect(site)[0] AS site
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [service, product, account] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'without_agreement' AS kind, 'Product' AS subject, product.id AS subject_id,
       null AS against_id, coalesce(service.name, product.reference) AS name,
       account.party_name AS customer, account.id AS account_id, account.reference AS account,
       service.activated_on AS since_on, [[charge.currency, charge.amount]] AS amounts,
       true AS monthly,
       ['inventory', 'billing', 'contracts'] AS sides,
       ['active since ' + toString(service.activated_on)
          + coalesce(' at ' + coalesce(site.name, site.reference), ''),
        'charged ' + charge.currency + ' ' + toString(charge.amount) + ' for '
          + toString(charge.period_from),
        'no agreement covers it'] AS says,
       [product.record, charge.record, ''] AS records
ORDER BY subject_id, against_id
