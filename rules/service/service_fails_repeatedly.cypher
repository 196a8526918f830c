// Services that fail again and again, from one cause or soon after each repair. One row per service and cause.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
    -[:GOVERNS]->(product:Product)
  RETURN product, max(coalesce(item.ends_on, date('9999-12-31'))) AS covered_to
  UNION
  // What no contract governs belongs to who pays for it.
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on > $today - duration({months: 3})
  MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(product:Product)
  WHERE NOT EXISTS { (:AgreementItem)-[:GOVERNS]->(product) }
  RETURN DISTINCT product, date('0001-01-01') AS covered_to
}
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
WITH service, account, entity ORDER BY covered_to DESC, account.id, entity.id
WITH service, head(collect(account)) AS account, head(collect(entity)) AS entity
MATCH (service)<-[:AFFECTS]-(ticket:TroubleTicket)
WHERE datetime({date: $today - duration({days: $window_days})}) <= ticket.opened_at
  AND ticket.opened_at < datetime({date: $today})
  AND NOT coalesce(ticket.planned, false)
  AND NOT coalesce(ticket.status, '') IN ['cancelled', 'rejected']
  AND NOT toLower(coalesce(ticket.caused_by, '')) IN ['customer', 'nobody']
  AND NOT toLower(coalesce(ticket.root_cause, '')) IN ['no_fault_found', 'no fault found', 'nff']
// A child names its incident by the number that the incident's own record has at its source.
WITH service, account, entity, ticket,
     coalesce(ticket.incident, last(split(coalesce(ticket.reference, ticket.id), ':'))) AS incident
ORDER BY ticket.opened_at, ticket.id
WITH service, account, entity, incident, head(collect(ticket)) AS first,
     max(ticket.resolved_at) AS resolved_at, collect(ticket.id)[..10] AS ids
ORDER BY first.opened_at, first.id
WITH service, account, entity, collect([first, resolved_at, ids])[..100] AS incidents
CALL (incidents) {
  UNWIND incidents AS incident
  WITH incident[0].root_cause AS cause, incident
  WHERE cause <> ''
  WITH cause, collect(incident)[..50] AS found
  WHERE size(found) >= $min_tickets
  RETURN cause, found[$min_tickets - 1][0].opened_at AS completed_at, found
  UNION
  WITH incidents, [place IN range(1, size(incidents) - 1)
    WHERE incidents[place - 1][1] <= incidents[place][0].opened_at
      AND incidents[place][0].opened_at <= incidents[place - 1][1] + duration({days: $repeat_days})] AS again
  WHERE size(again) >= $min_repeats
  WITH incidents, again, incidents[again[$min_repeats - 1]][0].opened_at AS completed_at
  UNWIND range(0, size(incidents) - 1) AS place
  WITH completed_at, incidents[place] AS incident, place, again
  WHERE place IN again OR place + 1 IN again
  RETURN 'repeat' AS cause, completed_at, collect(incident)[..50] AS found
}
// Repeats that one cause explains are said once, by their cause.
WITH service, account, entity, cause, found, date(completed_at) AS completed_on
ORDER BY cause = 'repeat', cause
WITH service, account, entity, collect([cause, found, completed_on])[..10] AS findings
UNWIND findings AS finding
WITH service, account, entity, findings[0][0] AS first_cause, finding[0] AS cause,
     finding[1] AS incidents, finding[2] AS completed_on
WHERE cause <> 'repeat' OR first_cause = 'repeat'
CALL (incidents) {
  UNWIND incidents AS incident
  UNWIND incident[2] AS ticket_id
  WITH ticket_id ORDER BY ticket_id LIMIT 50
  RETURN collect(ticket_id)[..50] AS ticket_ids
}
CALL (service) {
  MATCH (service)<-[:REALIZED_BY]-(product:Product)
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount * 12 / CASE WHEN months > 1 THEN months ELSE 1 END) AS annual
    ORDER BY billed_to DESC, currency LIMIT 1
    RETURN currency, annual
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, service.id AS service_id, coalesce(service.name, service.id) AS service,
       cause AS cause, CASE cause WHEN 'repeat' THEN 'each soon after the last repair'
         ELSE 'all from ' + replace(cause, '_', ' ') END AS finding,
       size(incidents) AS tickets, ticket_ids AS ticket_ids,
       completed_on + duration({days: $answer_days}) AS act_by, value AS value
ORDER BY service_id, cause
