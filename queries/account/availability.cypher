// How long services were available in each whole month before a day, against what was promised. One row per month.
WITH date($valid_on) AS day, date.truncate('month', date($valid_on)) AS this_month
MATCH (service:Service)-[:MEASURED_IN]->(measure:ServiceMeasure)
WHERE service.id IN $service_ids AND measure.metric = 'availability'
  AND measure.month < this_month AND measure.month >= this_month - duration({months: $months})
  AND ($scope IS NULL OR EXISTS {
    (service)<-[chain:REALIZED_BY|FORMER_REALIZED_BY|GOVERNS|FORMER_GOVERNS|HAS_ITEM
      |PARTY_TO|FORMER_PARTY_TO|PLAYS|FORMER_PLAYS*5]-(:LegalEntity)
      -[:IN_FAMILY {own: true}]->(holder:Account)
    WHERE holder.id IN $scope AND all(fact IN chain
      WHERE coalesce(fact.valid_from <= day AND fact.valid_to > day
        AND fact.recorded_to = datetime('9999-12-31T00:00:00Z'), true))
  } OR EXISTS {
    (service)<-[:REALIZED_BY*0..1]-()<-[:FOR]-(:Charge)<-[:HAS_CHARGE]-(bill:Bill)
      -[:ON]->(:BillingAccount)<-[pays:BILLED_BY|FORMER_BILLED_BY]-(:Customer)
      <-[plays:PLAYS|FORMER_PLAYS]-(:LegalEntity)-[:IN_FAMILY {own: true}]->(holder:Account)
    WHERE holder.id IN $scope AND bill.issued_on <= day
      AND bill.issued_on > day - duration({days: 180}) AND all(fact IN [plays, pays]
        WHERE fact.valid_from <= day AND fact.valid_to > day
          AND fact.recorded_to = datetime('9999-12-31T00:00:00Z'))
  })
OPTIONAL MATCH (record:SourceRecord {id: measure.record})
WITH service, measure, record.system AS source_id,
     coalesce(measure.coverage, 1.0) AS weight, coalesce(measure.value < measure.target, false) AS is_missed
ORDER BY measure.value - measure.target, service.id
WITH measure.month AS month, count(DISTINCT service) AS measured_count,
     count(CASE WHEN is_missed THEN 1 END) AS missed_count,
     count(CASE WHEN measure.target IS NULL THEN 1 END) AS without_target_count,
     sum(measure.value * weight) AS weighted, sum(weight) AS weights,
     avg(measure.target) AS target, avg(measure.coverage) AS coverage,
     collect(CASE WHEN is_missed THEN service.id END)[..$worst] AS worst_ids,
     collect(DISTINCT source_id) AS source_ids, min(service.id) AS service_id
RETURN month AS month, measured_count AS measured_count, missed_count AS missed_count,
       without_target_count AS without_target_count,
       CASE WHEN weights > 0 THEN weighted / weights END AS value, target AS target,
       coverage AS coverage, worst_ids AS worst_ids, source_ids AS source_ids,
       service_id AS service_id
ORDER BY month, service_id
