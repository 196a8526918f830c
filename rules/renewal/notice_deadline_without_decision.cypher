// Agreements whose last day of notice comes soon and of which nobody has decided. One row per agreement and term.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
WHERE agreement.signed_on <= $today AND coalesce(agreement.period_from <= $today, true)
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND agreement.period_to > $today
  AND coalesce(agreement.decision, '') = ''
  AND coalesce(agreement.notice_given_on > $today, true)
WITH agreement, account, entity ORDER BY account.id, entity.id
WITH agreement, head(collect(account)) AS account, head(collect(entity)) AS entity
CALL (agreement) {
  OPTIONAL MATCH (agreement)-[:HAS_CLAUSE]->(clause:Clause)
  WHERE clause.kind IN ['notice', 'auto_renewal', 'term']
  WITH clause, clause.kind AS kind, coalesce(clause.confidence, 1.0) >= $min_confidence AS is_sure
  ORDER BY clause.id
  RETURN collect(clause.id)[..50] AS clause_ids,
         head(collect(CASE WHEN is_sure AND kind = 'notice' THEN clause.notice_days END)) AS clause_days,
         collect(DISTINCT CASE WHEN NOT is_sure THEN kind END)[..3] AS doubtful,
         collect(DISTINCT CASE WHEN is_sure THEN kind END)[..3] AS sure
}
WITH *, coalesce(agreement.notice_days, clause_days) AS notice_days,
     [kind IN doubtful WHERE NOT kind IN sure | replace(kind, '_', ' ')] AS unread
WITH *, agreement.period_to - duration({days: coalesce(notice_days, $assumed_notice_days)}) AS notice_on
WHERE $today <= notice_on <= $today + duration({days: $horizon_days})
CALL (agreement) {
  OPTIONAL MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)
  WHERE coalesce(item.starts_on <= $today, true) AND item.ends_on > $today
  WITH item, EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  } AS is_renewed
  OPTIONAL MATCH (item)-[:GOVERNS]->(product:Product)
  WITH item, is_renewed, product, is_renewed OR EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND coalesce(next.ends_on > item.ends_on, true)
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  } AS is_carried_on
  OPTIONAL MATCH (product)-[:REALIZED_BY]->(service:Service)
  WITH item, product, is_carried_on, service, service.state = 'active' AND service.activated_on <= $today
       AND coalesce(service.ceased_on > $today, true) AND NOT EXISTS {
         MATCH (service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
         WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
       } AS is_live
  ORDER BY item.id, product.id
  RETURN collect(DISTINCT item.id)[..50] AS item_ids, collect(DISTINCT product) AS products,
         count(item) = 0 OR count(CASE WHEN NOT is_carried_on THEN item END) > 0 AS is_left,
         count(service) > 0 AND count(CASE WHEN is_live THEN service END) = 0 AS is_ceased
}
WITH * WHERE is_left AND NOT is_ceased
CALL (products) {
  UNWIND products AS product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN annual, currency ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
RETURN account.id AS account_id, entity.id AS entity_id, agreement.id AS agreement_id,
       agreement.period_to AS term_ends_on, coalesce(account.name, account.id) AS account,
       coalesce(replace(agreement.type, '_', ' ') + ' ', '')
         + last(split(coalesce(agreement.reference, agreement.id), ':')) AS agreement,
       CASE WHEN NOT agreement.auto_renew THEN 'ends'
            ELSE 'rolls over' + coalesce(' for ' + agreement.renewal_term_months + ' months', '')
       END AS outcome,
       notice_on AS act_by, value AS value, item_ids AS item_ids, clause_ids AS clause_ids,
       CASE WHEN unread <> [] THEN 'its clause on ' + unread[0] + ' was not read surely'
            WHEN notice_days IS NULL THEN 'its notice period is not known'
            WHEN agreement.auto_renew IS NULL THEN 'whether it renews itself is not known'
       END AS blind_reason
ORDER BY agreement_id, term_ends_on
