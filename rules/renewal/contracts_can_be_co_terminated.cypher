// Accounts whose contracts end far apart although much of them ends this year. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND coalesce(item.starts_on <= $today, true) AND item.ends_on > $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND NOT coalesce(agreement.separate_tender, false)
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
  AND NOT EXISTS {
    MATCH (item)-[:GOVERNS]->(:Product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)
      <-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND coalesce(next.ends_on > item.ends_on, true)
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
WITH account, item, agreement, entity ORDER BY agreement.id, entity.id
WITH account, item, head(collect(agreement)) AS agreement, head(collect(entity)) AS entity
ORDER BY item.id
WITH account, collect(item) AS items, collect(agreement) AS agreements,
     collect(DISTINCT entity) AS entities, min(item.ends_on) AS first_end, max(item.ends_on) AS last_end
WHERE size(items) >= $min_items AND last_end > first_end + duration({days: $apart_days})
  AND first_end <= $today + duration({days: $horizon_days})
CALL (items) {
  UNWIND items AS item
  MATCH (item)-[:GOVERNS]->(product:Product)
  WITH DISTINCT item, product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN annual, currency ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH currency, sum(annual) AS annual,
       sum(CASE WHEN item.ends_on <= $today + duration({days: $horizon_days}) THEN annual ELSE 0 END) AS ending
  WITH currency, ending WHERE annual > 0 AND ending >= $min_ending_share * annual ORDER BY currency
  RETURN collect([ending, currency]) AS value
}
WITH * WHERE value <> [] AND NOT EXISTS {
  UNWIND [account] + entities + items AS thing
  MATCH (thing)<-[:FOR_ACCOUNT|CONCERNS]-(opportunity:Opportunity)
  WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
    AND NOT toLower(coalesce(opportunity.stage, '')) IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
    AND replace(replace(toLower(coalesce(opportunity.kind, '')), '-', ''), '_', '') CONTAINS 'coterm'
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account, size(items) AS items,
       first_end AS first_end, last_end AS last_end,
       head(COLLECT {
         UNWIND items AS item
         MATCH (item)<-[:HAS_ITEM]-(agreement:Agreement)
         WHERE item.ends_on <= $today + duration({days: $horizon_days})
         WITH item.ends_on - duration({days:
                coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)}) AS notice_on
         RETURN notice_on ORDER BY notice_on LIMIT 1
       }) AS act_by,
       value AS value, [item IN items[..50] | item.id] AS item_ids,
       COLLECT {
         UNWIND agreements AS agreement
         WITH DISTINCT agreement
         RETURN agreement.id ORDER BY agreement.id LIMIT 50
       } AS agreement_ids
ORDER BY account_id
