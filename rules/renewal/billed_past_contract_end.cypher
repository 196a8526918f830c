// Products that are billed on although their last contract line has ended. One row per product and item.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled']
  AND item.ends_on < $today - duration({days: $grace_days})
  // A line that renews itself has ended only where notice was given.
  AND (NOT coalesce(item.auto_renew, agreement.auto_renew, false)
    OR agreement.notice_given_on <= item.ends_on)
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND service.activated_on <= $today
  AND coalesce(service.ceased_on > $today, true)
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE next <> item AND signed.signed_on <= $today
      AND (next.ends_on IS NULL OR coalesce(next.ends_on > item.ends_on, true)
        OR next.ends_on = item.ends_on AND next.id < item.id)
      AND (next.starts_on <= $today
        OR coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true))
  }
  AND NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
      AND coalesce(order.committed_on, order.requested_on, $today)
        <= $today + duration({days: $leaves_within_days})
  }
WITH product, item, agreement, account, entity, service
ORDER BY account.id, entity.id, agreement.id, service.id
WITH product, item, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity, collect(DISTINCT service) AS services
CALL (product, item) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    AND charge.period_from > item.ends_on + duration({days: $grace_days})
  WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
  WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
       sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
  WITH billed_to, bill, currency, annual WHERE annual > 0
  RETURN annual, currency, bill, billed_to
  ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
}
WITH *, duration.inMonths(item.ends_on, billed_to).months AS months
RETURN account.id AS account_id, entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       product.id AS product_id, services[0].id AS service_id, coalesce(account.name, account.id) AS account,
       coalesce(services[0].name, product.id) AS product, item.ends_on AS ends_on,
       CASE months WHEN 1 THEN '1 month' ELSE months + ' months' END AS months,
       item.ends_on + duration({days: $act_within_days}) AS act_by, [[annual, currency]] AS value,
       [service IN services[..50] | service.id] AS service_ids, bill.id AS bill_id,
       CASE WHEN coalesce(item.auto_renew, agreement.auto_renew) IS NULL
            THEN 'whether its contract renewed itself is not known' END AS blind_reason
ORDER BY product_id, item_id
