// Services that business hours fill week after week, and when they will be full. One row per service.
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
WITH service, account, entity, date.truncate('month', $today) AS until
WHERE NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'modify'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today
      AND NOT coalesce(order.status, '') IN ['completed', 'cancelled', 'rejected', 'failed']
  }
  AND NOT EXISTS {
    MATCH (service)-[:DELIVERED_AT]->(:Site)<-[:FOR_SITE]-(line:QuoteItem)<-[:HAS_LINE]-(quote:Quote)
    WHERE quote.state IN ['pending', 'inProgress', 'approved'] AND coalesce(quote.valid_to > $today, true)
      AND line.action IN ['add', 'modify'] AND coalesce(line.bandwidth_mbps > service.bandwidth_mbps, true)
  }
  // It may carry the load of the service that it backs, as long as that one is down.
  AND NOT EXISTS {
    MATCH (service)-[:DIVERSE_FROM]-(pair:Service)
    WHERE pair.operating_status IN ['failed', 'stopped', 'stopping']
  }
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure)
  WHERE measure.metric IN ['utilisation_p95', $busy_metric]
    AND until - duration({months: 12}) <= measure.month AND measure.month < until
  WITH until, measure.month AS month, min(measure.coverage) AS coverage,
       max(CASE measure.metric WHEN 'utilisation_p95' THEN measure.value END) AS p95,
       coalesce(max(CASE measure.metric WHEN $busy_metric THEN measure.value END), 0) AS busy
  ORDER BY month
  WITH collect([month, p95, busy, coverage, duration.inMonths(month, until).months - 1])[..12] AS months
  RETURN months, [one IN months WHERE one[4] < 2] AS newest,
         [one IN months WHERE one[1] IS NOT NULL AND one[3] >= $min_coverage] AS known,
         last([one IN months WHERE one[2] < $min_weeks_each | one[0]]) AS calm_month
}
WITH *, [one IN newest WHERE one[2] >= $min_weeks_each] AS busy_months
WHERE size(busy_months) = 2 AND newest[0][2] + newest[1][2] >= $min_weeks
WITH *, all(one IN newest WHERE one[3] >= $min_coverage AND one[1] IS NOT NULL) AS is_measured,
     head([one IN months WHERE calm_month IS NULL OR one[0] > calm_month | one[0]]) AS busy_since
// A straight line through the measured months, newest at 0, the past at 1, 2, 3 ...
CALL (known) {
  UNWIND known AS one
  WITH count(one) AS n, sum(one[4]) AS sum_x, sum(one[1]) AS sum_y,
       sum(one[4] * one[1]) AS sum_xy, sum(one[4] * one[4]) AS sum_xx
  WHERE n >= $min_trend_months AND n * sum_xx > sum_x * sum_x
  WITH n, sum_x, sum_y, (sum_x * sum_y - n * sum_xy) / (n * sum_xx - sum_x * sum_x) AS growth
  WHERE growth >= $min_growth_share
  RETURN collect(toInteger(ceil(($full_share - (sum_y + growth * sum_x) / n) / growth))) AS months_ahead
}
CALL (service) {
  OPTIONAL MATCH (service)<-[:REALIZED_BY]-(:Product)-[:OF_OFFERING]->(offering:ProductOffering)
  WITH offering ORDER BY offering.lead_time_days, offering.id
  RETURN head(collect(offering)) AS offering
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
CALL (service, offering, value) {
  MATCH (service)-[:DELIVERED_AT]->(site:Site)-[:IN_COUNTRY]->(country:Country)
    <-[:AVAILABLE_IN]-(next:ProductOffering)<-[:PRICES]-(price:PriceRule {kind: 'recurring'})
  WHERE next.family = offering.family
    AND split(next.bandwidth_band, '-')[0] = split(offering.bandwidth_band, '-')[1]
    AND coalesce(price.country = country.code, true) AND price.list_amount IS NOT NULL
    AND coalesce(price.valid_from <= $today, true) AND coalesce(price.valid_to > $today, true)
  UNWIND value AS paid
  WITH paid, price WHERE price.currency = paid[1]
  WITH paid, min(price.list_amount) * 12 - paid[0] AS more
  WHERE more > 0
  RETURN collect([more, paid[1]]) AS more_a_year
}
WITH *, CASE WHEN -12 <= months_ahead[0] <= $max_months_ahead
  THEN newest[-1][0] + duration({months: months_ahead[0]}) END AS full_on
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, service.id AS service_id, coalesce(service.name, service.id) AS service,
       CASE WHEN is_measured THEN newest[-1][1] END AS p95,
       CASE WHEN is_measured THEN full_on END AS full_on,
       COLLECT {
         MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure)
         WHERE measure.metric IN ['utilisation_p95', $busy_metric]
           AND until - duration({months: 12}) <= measure.month AND measure.month < until
         RETURN measure.id ORDER BY measure.id LIMIT 50
       } AS measure_ids,
       CASE WHEN NOT is_measured THEN null
         WHEN full_on IS NULL THEN busy_since + duration({months: 1}) + duration({days: $answer_days})
         ELSE full_on - duration({days: coalesce(offering.lead_time_days, $lead_time_days)}) END AS act_by,
       CASE WHEN is_measured THEN more_a_year ELSE [] END AS value,
       CASE WHEN NOT is_measured THEN 'the last two months were measured too seldom' END AS blind_reason
ORDER BY service_id
