// Accounts with several circuits that are never filled by a third. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND $today < item.ends_on
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
  AND service.activated_on < $today - duration({days: $min_active_days})
  AND coalesce(service.role, 'primary') = 'primary' AND NOT EXISTS { (service)-[:DIVERSE_FROM]-(:Service) }
WITH account, service, product, date.truncate('month', $today) AS until,
     item.ends_on
       - duration({days: coalesce(item.notice_days, agreement.notice_days, $notice_days)}) AS notice_on
ORDER BY notice_on, product.id
WITH account, service, until, head(collect(product)) AS product, head(collect(notice_on)) AS notice_on
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'utilisation_p95'})
  WHERE until - duration({months: 12}) <= measure.month AND measure.month < until
    AND measure.value IS NOT NULL
  WITH measure.month AS month, max(measure.value) AS p95, min(measure.coverage) AS coverage,
       min(measure.id) AS measure_id, until
  WITH month, p95, measure_id, month >= until - duration({months: 3}) AS is_recent,
       coalesce(coverage >= $min_coverage, false) AS is_sure
  ORDER BY month
  RETURN max(p95) AS peak, max(CASE WHEN is_recent THEN p95 END) AS recent_peak,
         count(CASE WHEN is_recent AND is_sure THEN 1 END) AS sure_months,
         collect(CASE WHEN is_recent THEN measure_id END)[..3] AS measure_ids
}
WITH *
WHERE coalesce(recent_peak < $idle_share, true) AND peak < $season_share
WITH account, service, product, notice_on, recent_peak, measure_ids, sure_months ORDER BY service.id
WITH account, collect([service, product, notice_on, recent_peak, measure_ids, sure_months])[..1000] AS idle
WHERE size(idle) >= $min_services
WITH account, idle, [one IN idle WHERE one[5] = 3] AS sure
CALL (sure) {
  UNWIND sure AS one
  WITH one[0] AS service, one[1] AS product, one[3] AS p95
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount * 12 / CASE WHEN months > 1 THEN months ELSE 1 END) AS annual
    ORDER BY billed_to DESC, currency LIMIT 1
    RETURN currency, annual
  }
  MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
  MATCH (service)-[:DELIVERED_AT]->(:Site)-[:IN_COUNTRY]->(country:Country)
    <-[:AVAILABLE_IN]-(smaller:ProductOffering)<-[:PRICES]-(price:PriceRule {kind: 'recurring'})
  WHERE smaller.family = offering.family
    AND split(smaller.bandwidth_band, '-')[1] = split(offering.bandwidth_band, '-')[0]
    AND p95 * service.bandwidth_mbps <= $fit_share * toFloat(split(smaller.bandwidth_band, '-')[1])
    AND coalesce(price.country = country.code, true) AND price.currency = currency
    AND coalesce(price.valid_from <= $today, true) AND coalesce(price.valid_to > $today, true)
  WITH product, currency, annual, min(price.list_amount) * 12 AS enough
  WHERE annual > enough
  WITH currency, sum(enough - annual) AS released ORDER BY currency
  RETURN collect([released, currency]) AS value
}
CALL (sure) {
  UNWIND sure AS one
  RETURN min(one[2]) AS act_by, max(one[3]) AS peak
}
CALL (sure) {
  UNWIND sure AS one
  UNWIND one[4] AS measure_id
  WITH measure_id ORDER BY measure_id LIMIT 50
  RETURN collect(measure_id)[..50] AS measure_ids
}
WITH *, size(sure) >= $min_services AS is_sure
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       CASE WHEN is_sure THEN size(sure) END AS services, CASE WHEN is_sure THEN peak END AS peak,
       [one IN idle | one[0].id][..50] AS service_ids, measure_ids AS measure_ids,
       $idle_share AS idle_share, CASE WHEN is_sure THEN act_by END AS act_by,
       CASE WHEN is_sure THEN value ELSE [] END AS value,
       CASE WHEN NOT is_sure THEN (size(idle) - size(sure))
         + ' circuits were measured too seldom in the last three months' END AS blind_reason
ORDER BY account_id
