// What companies were billed, owe, dispute and were credited up to a day. One row per kind of amount, month and currency.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (entity:LegalEntity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
  -[pays:BILLED_BY|FORMER_BILLED_BY]->(account:BillingAccount)
WHERE entity.id IN $entity_ids AND all(fact IN [plays, pays]
  WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open)
  AND ($scope IS NULL OR EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
WITH DISTINCT account, day, date.truncate('month', day) - duration({months: $months}) AS begin
OPTIONAL MATCH (record:SourceRecord {id: account.record})
CALL (account, day, begin) {
  MATCH (account)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on >= begin AND bill.issued_on <= day
  RETURN 'billed' AS kind, bill.issued_on AS on, bill.currency AS currency,
         bill.amount - coalesce(bill.tax_amount, 0) AS amount
  UNION ALL
  MATCH (account)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= day AND (bill.settled_on IS NULL OR bill.settled_on > day)
  WITH bill, day, reduce(paid = 0, one IN COLLECT {
    MATCH (bill)<-[settles:SETTLES]-(payment:Payment) WHERE payment.paid_on > day
    RETURN coalesce(settles.amount, payment.amount, 0) AS later
  } | paid + one) AS paid_later
  WITH bill, day, coalesce(bill.remaining_amount, bill.amount, 0) + paid_later AS remaining
  WHERE remaining <> 0
  RETURN CASE WHEN bill.due_on < day THEN 'overdue' ELSE 'open' END AS kind,
         coalesce(bill.due_on, bill.issued_on) AS on, bill.currency AS currency,
         remaining AS amount
  UNION ALL
  MATCH (account)<-[:ON]-(dispute:Dispute)
  WHERE dispute.opened_on <= day AND (dispute.closed_on IS NULL OR dispute.closed_on > day)
  RETURN 'disputed' AS kind, dispute.opened_on AS on, dispute.currency AS currency,
         dispute.amount AS amount
  UNION ALL
  MATCH (account)<-[:ON]-(bill:Bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'credit'})
  WHERE bill.issued_on >= begin AND bill.issued_on <= day
  RETURN 'credited' AS kind, bill.issued_on AS on, charge.currency AS currency,
         -charge.amount AS amount
}
RETURN kind AS kind, date.truncate('month', on) AS month,
       coalesce(currency, account.currency, '') AS currency, sum(amount) AS amount,
       count(*) AS document_count, count(DISTINCT account) AS account_count,
       min(on) AS earliest_on, collect(DISTINCT record.system) AS source_ids,
       min(account.id) AS account_id
ORDER BY kind, month, currency, account_id
