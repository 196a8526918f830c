// Services that have ended and are charged on: recurring charges for time after the cease on the last two bills of the account, net of credits. One row per product, or per service that is part of none.
WITH date($on) AS day
MATCH (service:Service)
WHERE service.ceased_on <= day
OPTIONAL MATCH (product:Product)-[:REALIZED_BY]->(service)
WITH day, service, product
WHERE NOT EXISTS {
  MATCH (product)-[:REALIZED_BY]->(other:Service)
  WHERE other.state = 'active' AND other.ceased_on IS NULL
}
CALL (day, service, product) {
  UNWIND [service, product] AS thing
  MATCH (thing)<-[:FOR]-(charge:Charge)<-[:HAS_CHARGE]-(bill:Bill)-[:ON]->(account:BillingAccount)
  WHERE charge.kind IN ['recurring', 'credit'] AND charge.period_from >= service.ceased_on
    AND bill.issued_on <= day AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
  WITH DISTINCT charge, bill, account ORDER BY charge.period_from DESC, charge.id
  WITH account, charge.currency AS currency, sum(charge.amount) AS net,
       collect(CASE charge.kind WHEN 'recurring' THEN charge END) AS recurring,
       count(DISTINCT CASE charge.kind WHEN 'recurring' THEN bill END) AS bills
  WHERE net > 0 AND bills >= 2
  RETURN account, currency, net, recurring[0] AS last, bills
}
WITH day, service, product, account, currency, net, last, bills
WHERE NOT EXISTS {
  MATCH (account)<-[:ON]-(later:Bill)
  WHERE later.issued_on <= day AND NOT coalesce(later.state, 'sent') IN ['new', 'onHold']
    AND later.period_from >= last.period_to
}
WITH service, account, currency, net, last, bills, coalesce(product, service) AS subject
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [subject, service, account] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'billed_after_cease' AS kind, labels(subject)[0] AS subject, subject.id AS subject_id,
       account.id AS against_id, coalesce(service.name, subject.reference) AS name,
       account.party_name AS customer, account.id AS account_id, account.reference AS account,
       service.ceased_on AS since_on, [[currency, last.amount]] AS amounts, true AS monthly,
       ['inventory', 'billing'] AS sides,
       ['ceased on ' + toString(service.ceased_on),
        'charged on ' + toString(bills) + ' bills since, ' + currency + ' ' + toString(net)
          + ' in all, the last for ' + toString(last.period_from)] AS says,
       [service.record, last.record] AS records
ORDER BY subject_id, against_id
