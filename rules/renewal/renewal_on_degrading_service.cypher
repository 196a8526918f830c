// Services that get worse while their contract nears its end. One row per service and item.
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
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND service.activated_on <= $today
  AND coalesce(service.ceased_on > $today, true)
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND coalesce(next.ends_on > item.ends_on, true)
      AND coalesce(next.starts_on <= item.ends_on + duration({days: $renewed_within_days}), true)
  }
  AND NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  }
WITH service, item, product, agreement, entity, account
ORDER BY account.id, entity.id, agreement.id, product.id
WITH service, item, head(collect(product)) AS product, head(collect(agreement)) AS agreement,
     head(collect(entity)) AS entity, head(collect(account)) AS account,
     date.truncate('month', $today) AS until
// What was never measured, like a firewall, has no availability that could fall.
WHERE EXISTS { (service)-[:MEASURED_IN]->(:ServiceMeasure {metric: 'availability'}) }
  AND service.activated_on <= until - duration({months: 6})
CALL (service, until) {
  OPTIONAL MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'availability'})
  WHERE until - duration({months: 6}) <= measure.month < until
    AND measure.coverage >= $min_coverage AND measure.value IS NOT NULL
  WITH until, measure.month AS month, avg(measure.value) AS value,
       max(CASE WHEN measure.value < measure.target THEN 1 ELSE 0 END) AS missed
  WITH month, value, missed, month >= until - duration({months: 3}) AS is_recent
  RETURN count(month) AS months, avg(CASE WHEN is_recent THEN value END) AS recent,
         avg(CASE WHEN NOT is_recent THEN value END) AS prior,
         sum(CASE WHEN is_recent THEN missed ELSE 0 END) AS missed
}
CALL (service) {
  OPTIONAL MATCH (service)<-[:AFFECTS]-(ticket:TroubleTicket)
  WHERE datetime({date: $today - duration({days: $ticket_days})}) <= ticket.opened_at
    AND ticket.opened_at < datetime({date: $today})
    AND NOT coalesce(ticket.planned, false)
    AND NOT coalesce(ticket.status, '') IN ['cancelled', 'rejected']
    AND NOT toLower(coalesce(ticket.caused_by, '')) IN ['customer', 'nobody']
    AND NOT toLower(coalesce(ticket.root_cause, '')) IN ['no_fault_found', 'no fault found', 'nff']
  // A child names its incident as the incident's own record is named at its source.
  WITH ticket, coalesce(ticket.incident,
         last(split(coalesce(ticket.reference, ticket.id), ':'))) AS incident
  ORDER BY ticket.id
  RETURN count(DISTINCT incident) AS incidents, collect(ticket.id)[..50] AS ticket_ids
}
WITH *, months < 6 AS is_blind, coalesce(item.notice_days, agreement.notice_days) AS notice_days
WHERE is_blind OR round(prior - recent, 6) >= $min_drop_share
  AND (missed >= $min_missed_months OR incidents >= $min_tickets
    OR service.operating_status IN ['degraded', 'limited', 'failed'])
RETURN account.id AS account_id, entity.id AS entity_id, agreement.id AS agreement_id,
       item.id AS item_id, product.id AS product_id, service.id AS service_id,
       coalesce(account.name, account.id) AS account, coalesce(service.name, service.id) AS service,
       item.ends_on AS ends_on, CASE WHEN NOT is_blind THEN recent END AS recent,
       CASE WHEN NOT is_blind THEN prior END AS prior,
       CASE WHEN notice_days IS NULL THEN ' The notice period is assumed.' ELSE '' END AS assumed,
       item.ends_on - duration({days: coalesce(notice_days, $assumed_notice_days) + $negotiate_days})
         AS act_by,
       COLLECT {
         MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
         WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
         WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
         WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
              sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
         RETURN [annual, currency]
         ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
       } AS value,
       COLLECT {
         MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'availability'})
         WHERE until - duration({months: 6}) <= measure.month < until
         RETURN measure.id ORDER BY measure.id LIMIT 50
       } AS measure_ids,
       ticket_ids AS ticket_ids,
       CASE WHEN is_blind THEN 'availability of ' + (6 - months) +
         ' of the last six months is missing or was measured too seldom' END AS blind_reason
ORDER BY service_id, item_id
