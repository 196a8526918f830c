// Products that are used beyond what was bought, bill after bill. One row per product.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(payer:BillingAccount)<-[:ON]-(bill:Bill)
WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
  AND bill.issued_on > $today - duration({months: $bills + 3})
MATCH (bill)-[:HAS_CHARGE]->(:Charge {kind: 'overage'})-[:FOR]->(product:Product)
WITH DISTINCT product, account, entity ORDER BY account.id, entity.id
WITH product, head(collect(account)) AS account, head(collect(entity)) AS entity
CALL (product) {
  MATCH (product)<-[:FOR]-(charge:Charge)<-[:HAS_CHARGE]-(bill:Bill)
  WHERE charge.kind IN ['recurring', 'overage', 'credit']
    AND coalesce(charge.reason, '') <> 'service_level'
    AND bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    AND bill.issued_on > $today - duration({months: $bills + 3})
  WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS months,
       date.truncate('month', coalesce(charge.period_from, bill.period_from, bill.issued_on)) AS month,
       EXISTS { (bill)<-[:DISPUTES]-(dispute:Dispute)
         WHERE coalesce(dispute.closed_on > $today, true) } AS is_disputed
  // A month that is credited and billed again is one month.
  WITH month, charge.currency AS currency, max(is_disputed) AS is_disputed,
       sum(CASE charge.kind WHEN 'recurring'
         THEN charge.amount / CASE WHEN months > 1 THEN months ELSE 1 END ELSE 0 END) AS monthly,
       sum(CASE charge.kind WHEN 'recurring' THEN 0 ELSE charge.amount END) AS overage,
       min(CASE charge.kind WHEN 'overage' THEN bill.issued_on END) AS issued_on,
       collect(CASE charge.kind WHEN 'overage' THEN bill.id END)[..10] AS bill_ids
  WHERE monthly > 0
  WITH month, currency, is_disputed, monthly, overage, issued_on, bill_ids
  ORDER BY month DESC, currency LIMIT $bills
  WITH month, currency, overage, issued_on, bill_ids
  WHERE issued_on IS NOT NULL AND NOT is_disputed AND overage >= $min_share * monthly
  WITH currency, sum(overage) AS overage, collect([month, issued_on, bill_ids])[..12] AS drawn
  ORDER BY size(drawn) DESC, currency LIMIT 1
  WHERE size(drawn) >= $min_bills
  RETURN currency, overage, COLLECT { UNWIND drawn AS one RETURN one ORDER BY one[0] LIMIT 12 } AS drawn
}
OPTIONAL MATCH (product)-[:REALIZED_BY]->(service:Service)
WITH product, account, entity, currency, overage, drawn, service ORDER BY service.id
WITH product, account, entity, currency, overage, drawn, collect(service) AS services
WHERE NOT EXISTS {
    UNWIND services AS one
    MATCH (one)<-[:DELIVERS {action: 'modify'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today
      AND NOT coalesce(order.status, '') IN ['completed', 'cancelled', 'rejected', 'failed']
  }
  AND NOT EXISTS {
    UNWIND services AS one
    MATCH (one)-[:DELIVERED_AT]->(:Site)<-[:FOR_SITE]-(line:QuoteItem)<-[:HAS_LINE]-(quote:Quote)
    WHERE quote.state IN ['pending', 'inProgress', 'approved'] AND coalesce(quote.valid_to > $today, true)
      AND line.action IN ['add', 'modify'] AND coalesce(line.bandwidth_mbps > one.bandwidth_mbps, true)
  }
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, product.id AS product_id, services[0].id AS service_id,
       coalesce(services[0].name, product.id) AS product, size(drawn) AS bills, $bills AS of_bills,
       COLLECT { UNWIND drawn AS one UNWIND one[2] AS id
         RETURN DISTINCT id ORDER BY id LIMIT 50 } AS bill_ids,
       drawn[$min_bills - 1][1] + duration({days: $answer_days}) AS act_by,
       [[overage * 12 / $bills, currency]] AS value
ORDER BY product_id
