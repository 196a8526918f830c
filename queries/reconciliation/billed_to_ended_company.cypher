// Companies that ended more than 30 days ago and are billed for time that begins more than 30 days after. One row per company and billing account.
WITH date($on) AS day
MATCH (account:BillingAccount)<-[:BILLED_BY]-(:Customer)<-[:PLAYS]-(entity:LegalEntity)
USING SCAN account:BillingAccount
WHERE coalesce(account.state, 'Active') = 'Active'
  AND entity.status = 'INACTIVE' AND entity.ended_on < day - duration({days: 30})
  AND NOT coalesce(entity.category, 'GENERAL') = 'BRANCH'
MATCH (account)<-[:ON]-(bill:Bill)
WHERE bill.issued_on <= day AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
WITH DISTINCT entity, account, bill ORDER BY bill.period_from DESC, bill.id
WITH entity, account, collect(bill)[0] AS last
MATCH (last)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
WHERE charge.period_from > entity.ended_on + duration({days: 30})
WITH entity, account, last, charge.currency AS currency, sum(charge.amount) AS amount
WITH entity, account, last, collect([currency, amount]) AS amounts
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [entity, account] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'billed_to_ended_company' AS kind, 'LegalEntity' AS subject, entity.id AS subject_id,
       account.id AS against_id, entity.name AS name, account.party_name AS customer,
       account.id AS account_id, account.reference AS account, entity.ended_on AS since_on,
       amounts AS amounts, true AS monthly,
       ['registry', 'billing'] AS sides,
       ['ended on ' + toString(entity.ended_on),
        'account ' + coalesce(account.state, 'Active') + ', billed for '
          + toString(last.period_from)] AS says,
       [entity.record, last.record] AS records
ORDER BY subject_id, against_id
