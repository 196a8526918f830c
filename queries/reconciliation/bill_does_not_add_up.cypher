// Bills whose lines do not add up to their amount without tax, or are in another currency than the bill. One row per bill.
MATCH (bill:Bill)
WHERE bill.amount IS NOT NULL AND bill.issued_on <= date($on)
CALL (bill) {
  MATCH (bill)-[:HAS_CHARGE]->(charge:Charge)
  RETURN sum(charge.amount) AS total, count(charge) AS charges,
         collect(DISTINCT charge.currency) AS currencies
}
WITH bill, total, charges, currencies, bill.amount - coalesce(bill.tax_amount, 0) AS net
WHERE charges > 0 AND (size(currencies) <> 1 OR currencies[0] <> bill.currency OR total <> net)
OPTIONAL MATCH (bill)-[:ON]->(account:BillingAccount)
WITH bill, total, charges, currencies, net, account,
     size(currencies) <> 1 OR currencies[0] <> bill.currency AS is_mixed
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [account] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN CASE WHEN is_mixed THEN 'bill_in_two_currencies' ELSE 'bill_does_not_add_up' END AS kind,
       'Bill' AS subject, bill.id AS subject_id, null AS against_id,
       coalesce(bill.number, bill.reference) AS name, account.party_name AS customer,
       account.id AS account_id, account.reference AS account, bill.issued_on AS since_on,
       [[bill.currency, CASE WHEN is_mixed THEN net ELSE abs(net - total) END]] AS amounts,
       false AS monthly,
       ['billing', 'billing'] AS sides,
       ['the bill says ' + bill.currency + ' ' + toString(net) + ' without tax',
        CASE WHEN is_mixed
             THEN 'its lines are in ' + reduce(text = currencies[0], one IN currencies[1..]
                                               | text + ' and ' + one)
             ELSE 'its ' + toString(charges) + ' lines come to ' + bill.currency + ' '
                  + toString(total) END] AS says,
       [bill.record, bill.record] AS records
ORDER BY subject_id, against_id
