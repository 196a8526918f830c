// Contracts that end and that nobody renews. One row per item.
MATCH (agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE date($today) < item.ends_on <= date($today) + duration({days: $horizon_days})
  AND NOT EXISTS { (:AgreementItem)-[:RENEWS]->(item) }
RETURN item.id AS item_id, agreement.id AS agreement_id, item.ends_on AS ends_on,
       item.ends_on - duration({days: 90}) AS act_by
ORDER BY item_id
