// Billing accounts that no company holds, or that bills mention and no billing system describes. One row per billing account.
WITH date($on) AS day
MATCH (account:BillingAccount)
WHERE coalesce(account.state, 'Active') <> 'Closed' AND $scope IS NULL
  AND NOT EXISTS { MATCH (account)<-[:BILLED_BY]-(:Customer)<-[:PLAYS]-(:LegalEntity) }
OPTIONAL MATCH (account)<-[:ON]-(bill:Bill)
WHERE bill.issued_on <= day AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
WITH account, bill ORDER BY bill.period_from DESC, bill.id
WITH account, collect(bill)[0] AS last
OPTIONAL MATCH (last)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
WITH account, last, charge.currency AS currency, sum(charge.amount) AS amount
WITH account, last, [one IN collect([currency, amount]) WHERE one[0] IS NOT NULL] AS amounts
RETURN 'account_without_customer' AS kind, 'BillingAccount' AS subject, account.id AS subject_id,
       null AS against_id, account.reference AS name, account.party_name AS customer,
       account.id AS account_id, account.reference AS account, account.state_since AS since_on,
       amounts AS amounts, true AS monthly,
       ['billing'] AS sides,
       [CASE WHEN account.stub THEN 'bills mention an account that is not described'
             ELSE 'no customer on the account' END
          + coalesce(', last billed for ' + toString(last.period_from), ', never billed')] AS says,
       [coalesce(account.record, last.record, '')] AS records
ORDER BY subject_id, against_id
