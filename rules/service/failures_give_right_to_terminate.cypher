// Agreements that may be ended because a service missed its target too often. One row per clause and service.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
  -[:HAS_CLAUSE]->(clause:Clause {kind: 'service_termination'})
WHERE agreement.signed_on <= $today AND coalesce(agreement.period_to > $today, true)
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND coalesce(clause.opens_on <= $today, true) AND coalesce(clause.closes_on > $today, true)
  AND coalesce(clause.deadline_on >= $today, true) AND coalesce(clause.waived_on > $today, true)
WITH agreement, clause, account ORDER BY account.id
WITH agreement, clause, head(collect(account)) AS account
MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)-[:GOVERNS]->(:Product)-[:REALIZED_BY]->(service:Service)
WHERE item.starts_on <= $today AND coalesce(item.ends_on > $today, true)
  AND service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
WITH DISTINCT agreement, clause, account, service, date.truncate('month', $today) AS until,
     coalesce(clause.window_months, 12) AS months
WITH *, CASE WHEN service.activated_on > until - duration({months: months})
  THEN date.truncate('month', service.activated_on) ELSE until - duration({months: months}) END AS since
CALL (service, since, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'availability'})
  WHERE since <= measure.month AND measure.month < until AND measure.coverage >= $min_coverage
  WITH measure.month AS month, min(measure.id) AS measure_id, max(CASE
    WHEN measure.value < measure.target THEN 1 WHEN measure.value >= measure.target THEN 0 END) AS missed
  ORDER BY month
  RETURN collect(CASE WHEN missed = 1 THEN month END) AS missed_months, count(missed) AS known,
         collect(CASE WHEN missed = 1 THEN measure_id END)[..50] AS measure_ids
}
WITH *, size(missed_months) AS missed,
     duration.inMonths(since, until).months - known AS unknown
WHERE missed > 0 AND (clause.threshold IS NULL OR clause.window_months IS NULL
  OR missed + unknown >= clause.threshold)
CALL (service, missed_months) {
  OPTIONAL MATCH (service)<-[:AFFECTS]-(ticket:TroubleTicket)
  WHERE date.truncate('month', date(ticket.opened_at)) IN missed_months
    AND ticket.opened_at < datetime({date: $today})
    AND NOT coalesce(ticket.planned, false)
  AND NOT coalesce(ticket.status, '') IN ['cancelled', 'rejected']
  AND NOT toLower(coalesce(ticket.caused_by, '')) IN ['customer', 'nobody']
  AND NOT toLower(coalesce(ticket.root_cause, '')) IN ['no_fault_found', 'no fault found', 'nff']
  WITH ticket.id AS ticket_id ORDER BY ticket_id LIMIT 50
  RETURN collect(ticket_id) AS ticket_ids
}
CALL (agreement) {
  MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)-[:GOVERNS]->(product:Product)
  WHERE item.starts_on <= $today AND coalesce(item.ends_on > $today, true)
  RETURN collect(DISTINCT product) AS products
}
CALL (products) {
  UNWIND products AS product
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
WITH *, CASE
    WHEN clause.threshold IS NULL OR clause.window_months IS NULL
      THEN 'the clause does not say how many misses in how many months'
    WHEN missed < clause.threshold THEN unknown + ' of the months that the clause counts were not measured'
    WHEN coalesce(clause.confidence < $min_confidence, true) THEN 'the clause was not read surely enough'
  END AS blind_reason
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       agreement.id AS agreement_id, coalesce(last(split(agreement.reference, ':')), agreement.id) AS agreement,
       clause.id AS clause_id, service.id AS service_id,
       coalesce(service.name, service.id) AS service, missed AS missed, months AS months,
       measure_ids AS measure_ids, ticket_ids AS ticket_ids,
       CASE WHEN blind_reason IS NULL THEN missed_months[toInteger(clause.threshold) - 1]
         + duration({months: 1}) + duration({days: $answer_days}) END AS act_by,
       value AS value, blind_reason AS blind_reason
ORDER BY agreement_id, clause_id, service_id
