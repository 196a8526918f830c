// Contract lines that cannot be renewed as they are, because what they cover is withdrawn. One row per item and offering.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND coalesce(item.starts_on <= $today, true)
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND $today < item.ends_on <= $today + duration({days: $horizon_days})
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
MATCH (item)-[:GOVERNS]->(product:Product)-[:OF_OFFERING]->(offering:ProductOffering)
WHERE offering.retires_on < item.ends_on + duration({days: $beyond_end_days})
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND coalesce(next.ends_on > item.ends_on, true)
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
  // Cancelled, changed or replaced by an accepted order: it is on its way already.
  AND NOT EXISTS {
    MATCH (product)-[:REALIZED_BY]->(:Service)<-[does:DELIVERS|REPLACES]-(order:Order)
    WHERE coalesce(does.action, 'replace') IN ['delete', 'modify', 'replace']
      AND date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
      AND (does.action = 'delete' OR order.status <> 'completed')
  }
  AND NOT EXISTS {
    MATCH (product)-[:REALIZED_BY]->(:Service)-[:DELIVERED_AT]->(:Site)<-[:FOR_SITE]-(line:QuoteItem)
      <-[:HAS_LINE]-(quote:Quote)
    WHERE line.action = 'modify' AND quote.state IN ['pending', 'inProgress', 'approved', 'accepted']
      AND (quote.valid_to IS NULL OR quote.valid_to > $today)
      AND NOT EXISTS { (line)-[:FOR_OFFERING]->(offering) }
  }
WITH item, offering, product, agreement, account, entity
ORDER BY account.id, entity.id, agreement.id, product.id
WITH item, offering, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity, collect(DISTINCT product) AS products
WHERE NOT EXISTS {
  UNWIND [item, agreement] + products AS thing
  MATCH (thing)<-[:CONCERNS]-(:Opportunity)<-[:QUOTES]-(quote:Quote)
    -[:HAS_LINE]->(:QuoteItem)-[:FOR_OFFERING]->(other:ProductOffering)
  WHERE other <> offering AND quote.state IN ['pending', 'inProgress', 'approved', 'accepted']
    AND (quote.valid_to IS NULL OR quote.valid_to > $today)
}
RETURN account.id AS account_id, entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       offering.id AS offering_id, CASE size(products) WHEN 1 THEN products[0].id END AS product_id,
       coalesce(account.name, account.id) AS account, coalesce(offering.name, offering.id) AS offering,
       last(split(coalesce(item.reference, item.id), ':')) AS item, offering.retires_on AS retires_on,
       item.ends_on AS ends_on,
       CASE WHEN offering.retires_on < item.ends_on THEN offering.retires_on ELSE item.ends_on END
         - duration({days: coalesce(offering.lead_time_days, $assumed_lead_days) + $negotiate_days}) AS act_by,
       COLLECT {
         UNWIND products AS product
         CALL (product) {
           MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
           WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
           WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
           WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
                sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
           RETURN annual, currency ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
         }
         WITH currency, sum(annual) AS annual
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value,
       [product IN products[..50] | product.id] AS product_ids
ORDER BY item_id, offering_id
