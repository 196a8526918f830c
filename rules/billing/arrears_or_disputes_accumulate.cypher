// Accounts whose bills stay unpaid, or whose disputes grow. One row per account and finding.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(payer:BillingAccount)
WITH account, collect(DISTINCT payer) AS payers, date.truncate('quarter', $today) AS until
CALL (payers, until) {
  CALL (payers) {
    UNWIND payers AS payer
    MATCH (payer)<-[:ON]-(bill:Bill)
    WHERE bill.issued_on <= $today AND bill.due_on < $today - duration({days: $late_days})
      AND coalesce(bill.settled_on > $today, true) AND NOT coalesce(bill.state, '') IN ['settled', 'onHold']
      AND coalesce(payer.payment_plan_on > $today, true)
    WITH payer, bill, bill.remaining_amount - coalesce(bill.disputed_amount, 0) AS owed
    WHERE coalesce(owed > $tolerance, true)
    // What came in for no bill covers the oldest bills first.
    CALL (payer, bill) {
      MATCH (payer)<-[:ON]-(older:Bill)
      WHERE older.currency = bill.currency AND older.issued_on <= $today
        AND coalesce(older.settled_on > $today, true)
        AND (older.due_on < bill.due_on OR older.due_on = bill.due_on AND older.id <= bill.id)
      RETURN sum(older.remaining_amount - coalesce(older.disputed_amount, 0)) AS owed_until
    }
    WITH payer, bill, owed, owed_until - CASE WHEN coalesce(payer.currency = bill.currency, true)
      THEN coalesce(payer.unapplied_amount, 0) ELSE 0 END AS uncovered
    WHERE owed IS NULL OR uncovered > $tolerance
    WITH payer, bill, CASE WHEN owed < uncovered THEN owed WHEN owed IS NOT NULL THEN uncovered END AS amount
    ORDER BY bill.due_on, bill.id
    RETURN collect([bill.currency, amount, bill.due_on, bill.id, payer.id])[..1000] AS late
  }
  WITH late, size([one IN late WHERE one[1] IS NOT NULL]) AS known
  WHERE size(late) >= $min_bills
  RETURN 'arrears' AS finding, late AS counted,
         known + ' bills are more than ' + $late_days + ' days late' AS what,
         late[0][2] + duration({days: $arrears_days}) AS act_by,
         CASE WHEN known < $min_bills THEN 'what remains to be paid of '
           + (size(late) - known) + ' late bills is unknown' END AS blind_reason
  UNION
  CALL (payers, until) {
    UNWIND payers AS payer
    MATCH (payer)<-[:ON]-(dispute:Dispute)
    WHERE until - duration({months: 6}) <= dispute.opened_on AND dispute.opened_on < until
    WITH DISTINCT payer, dispute ORDER BY dispute.id
    WITH payer, dispute, dispute.opened_on >= until - duration({months: 3}) AS is_recent
    RETURN collect(CASE WHEN is_recent THEN [dispute.currency, dispute.amount, dispute.opened_on,
             dispute.id, payer.id] END)[..1000] AS disputes,
           count(CASE WHEN NOT is_recent THEN 1 END) AS earlier
  }
  WITH until, disputes, earlier
  WHERE size(disputes) >= $min_disputes AND size(disputes) >= $growth_ratio * earlier
  RETURN 'disputes' AS finding, disputes AS counted,
         size(disputes) + ' disputes in the last quarter after ' + earlier + ' in the one before' AS what,
         until + duration({days: $dispute_days}) AS act_by, null AS blind_reason
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account, finding AS finding,
       what AS what,
       COLLECT { UNWIND counted AS one RETURN one[3] AS id ORDER BY id LIMIT 50 } AS counted_ids,
       COLLECT { UNWIND counted AS one RETURN DISTINCT one[4] AS id ORDER BY id LIMIT 50 } AS payer_ids,
       CASE WHEN blind_reason IS NULL THEN act_by END AS act_by,
       COLLECT {
         UNWIND counted AS one
         WITH one[0] AS currency, sum(one[1]) AS amount
         WHERE currency IS NOT NULL AND amount > 0
         RETURN [amount, currency] ORDER BY currency LIMIT 50
       } AS value,
       blind_reason AS blind_reason
ORDER BY account_id, finding
