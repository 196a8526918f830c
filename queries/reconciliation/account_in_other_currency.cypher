// Billing accounts whose last bill is in another currency than the account. One row per billing account.
WITH date($on) AS day
MATCH (account:BillingAccount)<-[:ON]-(bill:Bill)
USING SCAN account:BillingAccount
WHERE account.currency IS NOT NULL AND bill.issued_on <= day
  AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
WITH account, bill ORDER BY bill.period_from DESC, bill.id
WITH account, collect(bill)[0] AS last
WHERE last.currency <> account.currency
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [account] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'account_in_other_currency' AS kind, 'BillingAccount' AS subject, account.id AS subject_id,
       null AS against_id, account.reference AS name, account.party_name AS customer,
       account.id AS account_id, account.reference AS account, last.issued_on AS since_on,
       [[last.currency, last.amount]] AS amounts, false AS monthly,
       ['billing', 'billing'] AS sides,
       ['the account is in ' + account.currency,
        'its last bill is ' + last.currency + ' ' + toString(last.amount)] AS says,
       [account.record, last.record] AS records
ORDER BY subject_id, against_id
