// Services below their target whose customers say nothing, and to whom nobody speaks. One row per service.
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
WITH service, account, entity, date.truncate('month', $today) AS until,
     datetime({date: $today - duration({days: $silent_days})}) AS silent_from
WHERE service.activated_on <= until - duration({months: 6})
  AND EXISTS { (service)-[:MEASURED_IN]->(:ServiceMeasure {metric: 'availability'}) }
  AND NOT EXISTS {
    MATCH (service)<-[:AFFECTS]-(ticket:TroubleTicket)
    WHERE ticket.opened_at < datetime({date: $today})
      AND coalesce(ticket.resolved_at >= silent_from, true)
  }
  AND NOT EXISTS {
    UNWIND [account, entity] AS known
    MATCH (known)<-[:WITH]-(interaction:Interaction)
    WHERE silent_from <= interaction.at AND interaction.at < datetime({date: $today})
  }
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'availability'})
  WHERE until - duration({months: 12}) <= measure.month AND measure.month < until
    AND measure.coverage >= $min_coverage AND measure.value IS NOT NULL
  WITH measure.month AS month, avg(measure.value) AS value, until,
       max(CASE WHEN measure.value < measure.target THEN 1 ELSE 0 END) AS missed
  ORDER BY month
  WITH month, value, missed, month >= until - duration({months: 3}) AS is_recent,
       until - duration({months: 6}) <= month AND month < until - duration({months: 3}) AS is_prior
  RETURN count(CASE WHEN is_recent THEN 1 END) AS recent_months,
         count(CASE WHEN is_prior THEN 1 END) AS prior_months,
         avg(CASE WHEN is_recent THEN value END) AS recent,
         avg(CASE WHEN is_prior THEN value END) AS prior,
         sum(CASE WHEN is_recent THEN missed ELSE 0 END) AS missed,
         collect(CASE WHEN missed = 1 THEN month END)[..12] AS missed_months,
         collect(CASE WHEN missed = 0 THEN month END)[..12] AS met_months
}
CALL (service, until) {
  OPTIONAL MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'traffic_mean'})
  WHERE until - duration({months: 3}) <= measure.month AND measure.month < until
  RETURN max(measure.value) AS traffic
}
WITH *, recent_months + prior_months < 6 AS is_unmeasured
WHERE coalesce(traffic >= $min_traffic_share, true)
  AND CASE WHEN is_unmeasured THEN missed + 3 - recent_months >= $min_missed_months
    ELSE missed >= $min_missed_months AND round(prior - recent, 6) >= $min_drop_share END
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure)
  WHERE measure.metric IN ['availability', 'traffic_mean']
    AND until - duration({months: 6}) <= measure.month AND measure.month < until
  WITH measure.id AS measure_id ORDER BY measure_id LIMIT 50
  RETURN collect(measure_id) AS measure_ids
}
// Silence is heard only where the CRM that knows the customer keeps talks at all.
CALL (account, entity) {
  UNWIND [account, entity] AS known
  MATCH (known)<-[:RESOLVES_TO]-(record:SourceRecord)
  MATCH (source:SourceSystem {id: record.system})
  WHERE 'crm' IN source.holds
  WITH DISTINCT source
  RETURN collect(EXISTS {
    MATCH (source)<-[:OF]-(run:LoadRun)
    WHERE any(type IN run.record_types WHERE any(word IN ['activity', 'appointment', 'call', 'email',
      'event', 'interaction', 'letter', 'meeting', 'task', 'visit'] WHERE toLower(type) CONTAINS word))
  }) AS keeps_talks
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
WITH *, CASE
    WHEN size(keeps_talks) > 0 AND NOT true IN keeps_talks
      THEN 'the CRM that knows the customer keeps no talks'
    WHEN is_unmeasured THEN 'availability of ' + (6 - recent_months - prior_months)
      + ' of the last six months is missing or was measured too seldom'
    WHEN traffic IS NULL THEN 'nobody measured whether it carries traffic'
  END AS blind_reason
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, service.id AS service_id, coalesce(service.name, service.id) AS service,
       CASE WHEN blind_reason IS NULL THEN recent END AS recent, $silent_days AS silent_days,
       measure_ids AS measure_ids,
       CASE WHEN blind_reason IS NULL THEN head([month IN missed_months
           WHERE none(met IN met_months WHERE month < met AND met < last(missed_months))])
         + duration({months: 1}) + duration({days: $answer_days}) END AS act_by,
       value AS value, blind_reason AS blind_reason
ORDER BY service_id
