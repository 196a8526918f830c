// Products and services that are charged or agreed and that no inventory describes. One row per product, or per service where no product is named.
WITH date($on) AS day, date('9999-12-31') AS open
MATCH (missing:Product|Service)
WHERE missing.stub
OPTIONAL CALL (day, missing) {
  MATCH (missing)<-[:FOR]-(charge:Charge)<-[:HAS_CHARGE]-(bill:Bill)-[:ON]->(account:BillingAccount)
  WHERE charge.kind IN ['recurring', 'usage', 'overage'] AND bill.issued_on <= day
    AND NOT (missing:Service AND EXISTS { MATCH (charge)-[:FOR]->(:Product) })
  RETURN charge, account ORDER BY charge.kind = 'recurring' DESC, charge.period_from DESC, charge.id
  LIMIT 1
}
WITH missing, charge, account,
     COLLECT {
       MATCH (agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)-[:GOVERNS]->(missing)
       WHERE item.starts_on <= day AND coalesce(item.ends_on, open) > day
       RETURN [agreement, item] ORDER BY item.ends_on DESC, item.id LIMIT 1
     }[0] AS terms
WITH missing, charge, account, terms[0] AS agreement, terms[1] AS item
WHERE charge IS NOT NULL OR item IS NOT NULL
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [missing, account, agreement] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'not_in_inventory' AS kind, labels(missing)[0] AS subject, missing.id AS subject_id,
       null AS against_id, missing.reference AS name,
       coalesce(account.party_name, agreement.party_name) AS customer,
       account.id AS account_id, account.reference AS account,
       coalesce(item.starts_on, charge.period_from) AS since_on,
       CASE WHEN charge IS NOT NULL THEN [[charge.currency, charge.amount]]
            WHEN COUNT { (item)-[:GOVERNS]->(:Product) } = 1 AND item.monthly_amount IS NOT NULL
              THEN [[item.currency, item.monthly_amount]]
            ELSE [] END AS amounts,
       true AS monthly,
       ['inventory'] + CASE WHEN charge IS NULL THEN [] ELSE ['billing'] END
         + CASE WHEN item IS NULL THEN [] ELSE ['contracts'] END AS sides,
       ['describes no ' + missing.reference]
         + CASE WHEN charge IS NULL THEN []
                ELSE ['charged ' + charge.currency + ' ' + toString(charge.amount) + ' for '
                      + toString(charge.period_from)] END
         + CASE WHEN item IS NULL THEN []
                ELSE ['agreed since ' + toString(item.starts_on)
                      + coalesce(' until ' + toString(item.ends_on), '')] END AS says,
       [''] + CASE WHEN charge IS NULL THEN [] ELSE [charge.record] END
         + CASE WHEN item IS NULL THEN [] ELSE [item.record] END AS records
ORDER BY subject_id, against_id
