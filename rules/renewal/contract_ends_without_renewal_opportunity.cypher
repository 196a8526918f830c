// Contract lines that end within a year and whose renewal nobody works on. One row per item.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND coalesce(item.starts_on <= $today, true)
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND $today < item.ends_on <= $today + duration({days: $horizon_days})
  // What goes on from month to month has no end to renew.
  AND NOT (coalesce(item.auto_renew, agreement.auto_renew, false)
    AND coalesce(item.renewal_term_months, agreement.renewal_term_months, 12) <= 1)
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
WITH item, agreement, account, entity ORDER BY account.id, entity.id, agreement.id
WITH item, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity
CALL (item) {
  MATCH (item)-[:GOVERNS]->(product:Product)
  WHERE NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND coalesce(next.ends_on > item.ends_on, true)
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  } AND NOT EXISTS {
    MATCH (product)-[:REALIZED_BY]->(:Service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  }
  WITH DISTINCT product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN annual, currency, bill ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH product, annual, currency, bill WHERE annual > 0
  OPTIONAL MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
  WITH product, annual, currency, bill, offering ORDER BY product.id, offering.name
  RETURN collect(DISTINCT product) AS products, collect(DISTINCT [product.id, annual, currency]) AS billed,
         collect(DISTINCT bill.id)[..50] AS bill_ids, min(offering.name) AS offering
}
WITH *, coalesce(item.notice_days, agreement.notice_days) AS notice_days,
     duration.inDays($today, item.ends_on).days AS days_left
WHERE products <> [] AND NOT EXISTS {
  UNWIND [item, agreement] + products AS thing
  MATCH (thing)<-[:CONCERNS]-(opportunity:Opportunity)
  WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
    AND NOT toLower(coalesce(opportunity.stage, '')) IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
    AND NOT toLower(coalesce(opportunity.kind, '')) STARTS WITH 'new'
}
RETURN account.id AS account_id, entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       coalesce(account.name, account.id) AS account,
       coalesce(offering + ' (' + last(split(coalesce(item.reference, item.id), ':')) + ')', item.id) AS item,
       item.ends_on AS ends_on,
       CASE WHEN days_left < $critical_days THEN 'critical' WHEN days_left < $high_days THEN 'high'
            ELSE 'medium' END AS severity,
       CASE WHEN EXISTS {
         UNWIND [account, entity] AS whose
         MATCH (whose)<-[:FOR_ACCOUNT|CONCERNS]-(opportunity:Opportunity)
         WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
           AND NOT toLower(coalesce(opportunity.stage, '')) IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
           AND toLower(coalesce(opportunity.kind, '')) CONTAINS 'renew'
           AND NOT EXISTS { (opportunity)-[:CONCERNS]->(:Agreement|AgreementItem|Product) }
       } THEN ' A renewal is open that names no contract.' ELSE '' END AS hint,
       CASE WHEN notice_days IS NULL THEN ' The notice period is assumed.' ELSE '' END AS assumed,
       item.ends_on - duration({days: coalesce(notice_days, $assumed_notice_days) + $plan_days}) AS act_by,
       COLLECT {
         UNWIND billed AS one
         WITH one[2] AS currency, sum(one[1]) AS annual
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value,
       [product IN products[..50] | product.id] AS product_ids, bill_ids AS bill_ids
ORDER BY item_id
