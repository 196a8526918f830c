// Agreement items in force, with a price, that name no product at all. One row per agreement item.
WITH date($on) AS day, date('9999-12-31') AS open
MATCH (item:AgreementItem)
USING SCAN item:AgreementItem
WHERE item.starts_on <= day AND coalesce(item.ends_on, open) > day
  AND coalesce(item.monthly_amount, 1) > 0
  AND NOT EXISTS { MATCH (item)-[:GOVERNS|PLANNED_GOVERNS]->(:Product) }
  AND item.stub IS NULL
MATCH (agreement:Agreement)-[:HAS_ITEM]->(item)
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [agreement] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'agreement_without_service' AS kind, 'AgreementItem' AS subject, item.id AS subject_id,
       null AS against_id, item.reference AS name, agreement.party_name AS customer,
       null AS account_id, null AS account, item.starts_on AS since_on,
       CASE WHEN item.monthly_amount IS NULL THEN []
            ELSE [[item.currency, item.monthly_amount]] END AS amounts,
       true AS monthly,
       ['contracts', 'inventory'] AS sides,
       ['in force since ' + toString(item.starts_on)
          + coalesce(' until ' + toString(item.ends_on), ''),
        'no product is had on it'] AS says,
       [item.record, ''] AS records
ORDER BY subject_id, against_id
