// Products charged for time that begins more than 30 days after the end of their last agreed term, which nobody renewed. One row per product and agreement item.
WITH date($on) AS day, date('9999-12-31') AS open
MATCH (ended:AgreementItem)
USING SCAN ended:AgreementItem
WHERE ended.ends_on < day - duration({days: 30}) AND ended.ends_on > ended.starts_on
  AND NOT coalesce(ended.auto_renew, false)
  AND NOT EXISTS { MATCH (:AgreementItem)-[:RENEWS]->(ended) }
MATCH (ended)-[:GOVERNS]->(product:Product)
WHERE NOT EXISTS {
  MATCH (other:AgreementItem)-[:GOVERNS]->(product)
  WHERE other <> ended AND coalesce(other.ends_on, open) >= ended.ends_on
}
MATCH (product)-[:REALIZED_BY]->(service:Service {state: 'active'})
WHERE NOT EXISTS {
  MATCH (leaving:Order)-[:DELIVERS {action: 'delete'}]->(service)
  WHERE leaving.completed_at IS NULL AND leaving.requested_on <= day + duration({days: 60})
}
CALL (day, ended, product, service) {
  UNWIND [service, product] AS thing
  MATCH (thing)<-[:FOR]-(charge:Charge {kind: 'recurring'})
        <-[:HAS_CHARGE]-(bill:Bill)-[:ON]->(account:BillingAccount)
  WHERE charge.period_from > ended.ends_on + duration({days: 30}) AND bill.issued_on <= day
    AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
  RETURN charge, account ORDER BY charge.period_from DESC, charge.id LIMIT 1
}
MATCH (agreement:Agreement)-[:HAS_ITEM]->(ended)
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [product, account, agreement] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'billed_past_term' AS kind, 'Product' AS subject, product.id AS subject_id,
       ended.id AS against_id, coalesce(service.name, product.reference) AS name,
       coalesce(account.party_name, agreement.party_name) AS customer,
       account.id AS account_id, account.reference AS account, ended.ends_on AS since_on,
       [[charge.currency, charge.amount]] AS amounts, true AS monthly,
       ['contracts', 'billing'] AS sides,
       ['agreed until ' + toString(ended.ends_on) + ', not renewed',
        'charged ' + charge.currency + ' ' + toString(charge.amount) + ' for '
          + toString(charge.period_from)] AS says,
       [ended.record, charge.record] AS records
ORDER BY subject_id, against_id
