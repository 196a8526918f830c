// Months below target for which the agreed credit has not come. One row per service and month.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND item.credit_share > 0
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
WITH service, product, item, agreement, account, date.truncate('month', $today) AS until
ORDER BY item.ends_on DESC, item.id, account.id, product.id
WITH service, until, head(collect(product)) AS product, head(collect(item)) AS item,
     head(collect(agreement)) AS agreement, head(collect(account)) AS account
CALL (service, until) {
  MATCH (service)-[:MEASURED_IN]->(measure:ServiceMeasure {metric: 'availability'})
  WHERE until - duration({months: 3}) <= measure.month AND measure.month < until
  WITH measure.month AS month, collect(measure.id)[..10] AS measure_ids,
       min(CASE WHEN measure.coverage >= $min_coverage AND measure.target IS NOT NULL
         THEN CASE WHEN measure.value < measure.target THEN 0 ELSE 1 END END) AS met
  ORDER BY month
  WITH collect([month, met, measure_ids])[..3] AS months
  RETURN [one IN months WHERE one[1] = 0] AS missed_months,
         3 - size([one IN months WHERE one[1] IS NOT NULL]) AS unknown
}
WITH *, size(missed_months) AS missed
WHERE missed + unknown >= $min_missed_months
UNWIND missed_months AS told
WITH service, product, item, agreement, account, missed, told[0] AS month, told[2] AS measure_ids
WHERE item.starts_on <= month AND coalesce(item.ends_on > month, true)
CALL (product, month) {
  MATCH (product)<-[:FOR]-(:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(paid:Bill)-[:ON]->(payer:BillingAccount)
  WHERE paid.issued_on >= month - duration({years: 1})
  WITH DISTINCT payer, month
  MATCH (payer)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    AND coalesce(bill.period_to, bill.issued_on) > month + duration({months: 1})
  WITH bill ORDER BY coalesce(bill.period_to, bill.issued_on), bill.id LIMIT 2
  RETURN collect(bill)[..2] AS bills
}
// A credit that names nothing may be this one.
WITH * WHERE size(bills) = 2 AND NOT EXISTS {
  UNWIND bills AS bill
  MATCH (bill)-[:HAS_CHARGE]->(credit:Charge {kind: 'credit', reason: 'service_level'})
  WHERE NOT EXISTS { (credit)-[:FOR]->() } OR EXISTS {
    MATCH (credit)-[:FOR]->(credited) WHERE credited IN [product, service]
  }
} AND NOT EXISTS {
  UNWIND [product, service] AS credited
  MATCH (credited)<-[:FOR]-(credit:Charge {kind: 'credit', reason: 'service_level'})
  WHERE NOT EXISTS { (credit)<-[:HAS_CHARGE]-() }
}
CALL (product, month) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND charge.period_from <= month AND month < charge.period_to
  WITH charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
  WITH charge.currency AS currency,
       sum(charge.amount / CASE WHEN months > 1 THEN months ELSE 1 END) AS monthly
  ORDER BY currency
  RETURN collect([monthly, currency])[..10] AS charged
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       agreement.id AS agreement_id, item.id AS item_id, product.id AS product_id,
       service.id AS service_id, coalesce(service.name, service.id) AS service, month AS month,
       ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
        'October', 'November', 'December'][month.month - 1] + ' ' + month.year AS missed_in,
       measure_ids AS measure_ids, [bill IN bills | bill.id] AS bill_ids,
       month + duration({months: 1})
         + duration({days: coalesce(agreement.credit_claim_days, $claim_days)}) AS act_by,
       [one IN charged WHERE one[0] > 0 | [toInteger(round(one[0] * item.credit_share)), one[1]]] AS value,
       CASE WHEN missed < $min_missed_months
         THEN 'another of the last three months is missing or was measured too seldom' END AS blind_reason
ORDER BY service_id, month
