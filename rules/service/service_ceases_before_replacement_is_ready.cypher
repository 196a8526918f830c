// Services that stop before what replaces them is delivered. One row per service.
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
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today
WITH service, account, entity ORDER BY covered_to DESC, account.id, entity.id
WITH service, head(collect(account)) AS account, head(collect(entity)) AS entity
MATCH (service)<-[:REPLACES]-(replacement:Order)
WHERE date(replacement.ordered_at) <= $today
  AND NOT coalesce(replacement.status, '') IN ['completed', 'cancelled', 'rejected', 'failed']
// The last of several replacements decides; one without a promise is the last of all.
WITH service, account, entity, replacement
ORDER BY coalesce(replacement.committed_on, replacement.requested_on, date('9999-12-31')) DESC, replacement.id
WITH service, account, entity, head(collect(replacement)) AS replacement
OPTIONAL MATCH (service)<-[:DELIVERS {action: 'delete'}]-(cease:Order)
WHERE date(cease.ordered_at) <= $today
  AND NOT coalesce(cease.status, '') IN ['cancelled', 'rejected', 'failed', 'pendingCancellation',
    'assessingCancellation']
WITH service, account, entity, replacement, cease ORDER BY cease.committed_on, cease.id
WITH service, account, entity, replacement, head(collect(cease)) AS cease
WITH *, coalesce(replacement.committed_on, replacement.requested_on) AS due_on,
     coalesce(service.ceased_on, cease.committed_on, cease.requested_on,
       CASE WHEN cease IS NULL THEN service.supplier_ends_on END) AS ceases_on
WHERE (cease IS NOT NULL OR service.ceased_on IS NOT NULL OR service.supplier_ends_on IS NOT NULL)
  AND coalesce(ceases_on > $today - duration({days: $gone_days}), true)
  AND coalesce(due_on > ceases_on, true)
  AND NOT EXISTS {
    MATCH (service)-[:DELIVERED_AT]->(site:Site)
    WHERE site.closed_on <= coalesce(due_on, ceases_on)
  }
CALL (service) {
  MATCH (service)<-[:REALIZED_BY]-(product:Product)
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
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, service.id AS service_id, coalesce(service.name, service.id) AS service,
       ceases_on AS ceases_on, due_on AS due_on, cease.id AS cease_order_id, replacement.id AS order_id,
       ceases_on - duration({days: $extend_days}) AS act_by, value AS value,
       CASE WHEN ceases_on IS NULL THEN 'the day on which it stops is unknown' END AS blind_reason
ORDER BY service_id
