// Accounts whose traffic fell on several services of which none is cancelled. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(:AgreementItem)
  -[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND service.activated_on <= $today
  AND coalesce(service.ceased_on > $today, true) AND coalesce(service.role, 'primary') = 'primary'
  AND NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  }
WITH account, service, product ORDER BY product.id
WITH account, service, head(collect(product)) AS product, date.truncate('month', $today) AS until
WHERE NOT EXISTS { MATCH (service)-[:DELIVERED_AT]->(site:Site) WHERE site.closed_on <= $today }
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'traffic_mean'})
  WHERE until - duration({months: 14}) <= measure.month < until
    AND measure.coverage >= $min_coverage AND measure.value IS NOT NULL
  WITH until, measure.month AS month, avg(measure.value) AS value
  WITH month, value, month >= until - duration({months: 2}) AS is_recent,
       month < until - duration({months: 12}) AS is_year_ago,
       until - duration({months: 8}) <= month < until - duration({months: 2}) AS is_before
  ORDER BY month
  RETURN collect([month, value]) AS seen, count(CASE WHEN is_recent THEN month END) AS recent_months,
         avg(CASE WHEN is_recent THEN value END) AS recent,
         CASE WHEN count(CASE WHEN is_year_ago THEN month END) = 2
              THEN avg(CASE WHEN is_year_ago THEN value END)
              WHEN count(CASE WHEN is_before THEN month END) >= $min_base_months
              THEN avg(CASE WHEN is_before THEN value END) END AS usual
}
// What was never compared, because it is too young, cannot have fallen.
WITH * WHERE usual > 0 AND (recent_months < 2 OR recent <= $max_left_share * usual)
  // A greater bandwidth makes the same traffic a smaller share, and a new service of ours may carry it.
  AND NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'modify'}]-(order:Order {status: 'completed'})
    WHERE date(order.completed_at) > until - duration({months: 14})
  }
  AND NOT EXISTS {
    MATCH (service)-[:DELIVERED_AT]->(:Site)<-[:DELIVERED_AT]-(other:Service)
    WHERE other <> service AND until - duration({months: $moved_months}) <= other.activated_on <= $today
      AND EXISTS { (other)-[:MEASURED_IN]->(:ServiceMeasure {metric: 'traffic_mean'}) }
  }
WITH account, until, service, product, recent, usual, recent_months < 2 AS is_unseen,
     last([one IN seen WHERE one[0] < until - duration({months: 2})
       AND one[1] > $max_left_share * usual | one[0]]) AS last_strong
ORDER BY service.id
WITH account, until,
     collect(CASE WHEN NOT is_unseen THEN service END) AS fallen,
     collect(CASE WHEN NOT is_unseen THEN product END) AS products,
     count(CASE WHEN is_unseen THEN service END) AS unseen,
     sum(CASE WHEN NOT is_unseen THEN recent ELSE 0 END) AS recent,
     sum(CASE WHEN NOT is_unseen THEN usual ELSE 0 END) AS usual,
     min(CASE WHEN NOT is_unseen THEN last_strong + duration({months: 1}) END) AS weak_from
WHERE size(fallen) + unseen >= $min_services
WITH *, size(fallen) < $min_services AS is_blind
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       CASE WHEN NOT is_blind THEN 1 - recent / usual END AS share, size(fallen) AS services,
       CASE WHEN NOT is_blind THEN weak_from + duration({months: 1}) + duration({days: $act_within_days}) END AS act_by,
       COLLECT {
         UNWIND CASE WHEN is_blind THEN [] ELSE products END AS product
         WITH DISTINCT product
         CALL (product) {
           MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
           WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
           WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
           WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
                sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
           RETURN annual, currency ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
         }
         WITH currency, sum(annual) AS annual
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value,
       [service IN fallen[..50] | service.id] AS service_ids,
       COLLECT {
         UNWIND fallen AS service
         MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'traffic_mean'})
         WHERE until - duration({months: 2}) <= measure.month < until
         RETURN measure.id ORDER BY measure.id LIMIT 50
       } AS measure_ids,
       CASE WHEN is_blind THEN 'the traffic of ' + unseen + ' services is no longer measured well enough' END
         AS blind_reason
ORDER BY account_id
