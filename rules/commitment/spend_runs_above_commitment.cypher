// Commitments that spending runs above, projected to the end of their period. One row per commitment and period.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_COMMITMENT]->(commitment:Commitment)
WHERE agreement.signed_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND commitment.kind IN ['MARC', 'TRC'] AND commitment.amount > 0
  AND commitment.period_from <= $today - duration({days: $min_elapsed_days})
  AND commitment.period_to > $today
WITH commitment, agreement, account ORDER BY account.id, agreement.id
WITH commitment, head(collect(agreement)) AS agreement, head(collect(account)) AS account
CALL (commitment) {
  OPTIONAL MATCH (commitment)<-[:COUNTS_TOWARD]-(billing:BillingAccount)
  OPTIONAL MATCH (billing)<-[:ON]-(bill:Bill) WHERE bill.issued_on <= $today
  WITH billing, max(bill.issued_on) AS last_on, min(bill.period_from) AS known_from,
       max(CASE WHEN bill.period_to <= $today THEN bill.period_to END) AS closed_to
  // An account that is closed, or whose last billed services have all ceased, has no bill to come.
  WITH billing, last_on, known_from, closed_to, last_on IS NOT NULL
       AND coalesce(billing.state, '') <> 'Closed' AND EXISTS {
         MATCH (billing)<-[:ON]-(:Bill {issued_on: last_on})-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
         WHERE NOT EXISTS {
           MATCH (charge)-[:FOR]->(:Product)-[:REALIZED_BY]->(service:Service)
           WHERE service.ceased_on <= $today
         }
       } AS goes_on
  ORDER BY billing.id
  RETURN collect(billing) AS payers, min(known_from) AS known_from,
         coalesce(min(CASE WHEN goes_on THEN closed_to END), max(closed_to)) AS until,
         sum(CASE WHEN goes_on AND last_on <= $today - duration({days: $last_bill_days}) THEN 1 ELSE 0 END)
           AS unbilled
}
CALL (commitment, payers, until) {
  UNWIND payers AS billing
  MATCH (billing)<-[:ON]-(bill:Bill)-[:HAS_CHARGE]->(charge:Charge)
  WHERE bill.issued_on <= $today AND charge.kind IN ['recurring', 'usage', 'overage', 'credit']
    AND coalesce(charge.contributory, true)
  WITH commitment, until, charge, coalesce(charge.period_from, bill.period_from) AS from_on,
       coalesce(charge.period_to, bill.period_to) AS to_on
  // The period up to now, its last three months, and what is left of it a year ago.
  UNWIND [[commitment.period_from, until, 1, 0, 0], [until - duration({months: 3}), until, 0, 1, 0],
    [until - duration({years: 1}), commitment.period_to - duration({years: 1}), 0, 0, 1]] AS window
  WITH commitment, until, charge, window, from_on,
       CASE WHEN to_on > from_on THEN to_on ELSE from_on + duration({days: 1}) END AS to_on,
       window[0] AS begins, window[1] AS ends
  WHERE from_on < ends AND to_on > begins
  WITH commitment, until, charge.currency AS currency, charge, window,
       charge.amount * duration.inDays(CASE WHEN from_on > begins THEN from_on ELSE begins END,
         CASE WHEN to_on < ends THEN to_on ELSE ends END).days
       / duration.inDays(from_on, to_on).days AS part
  WITH commitment, until, currency, sum(window[2] * part) AS billed, sum(window[3] * part) AS recent,
       sum(window[4] * part) AS year_ago,
       sum(CASE WHEN charge.contributory IS NULL THEN window[2] ELSE 0 END) AS unsure
  WITH *, coalesce(head(COLLECT {
         MATCH (rate:ExchangeRate {currency: currency})
         WHERE until - duration({days: $rate_age_days}) <= rate.on < until AND rate.rate > 0
         RETURN [rate.rate, rate.base, rate.on] ORDER BY rate.on DESC, rate.base LIMIT 1
       }), head(COLLECT {
         MATCH (rate:ExchangeRate {currency: commitment.currency, base: currency})
         WHERE until - duration({days: $rate_age_days}) <= rate.on < until
         RETURN [1.0, currency, rate.on] ORDER BY rate.on DESC LIMIT 1
       })) AS theirs
  WITH *, CASE WHEN theirs[1] = commitment.currency THEN 1.0 ELSE head(COLLECT {
         MATCH (rate:ExchangeRate {currency: commitment.currency, base: theirs[1], on: theirs[2]})
         RETURN rate.rate ORDER BY rate.id LIMIT 1
       }) END AS ours,
       [code IN [commitment.currency, currency] |
         CASE WHEN code IN ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
                'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'] THEN 0
              WHEN code IN ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] THEN 3 ELSE 2 END] AS digits
  WITH *, CASE WHEN currency = commitment.currency THEN 1.0
               ELSE ours / theirs[0] * 10 ^ (digits[0] - digits[1]) END AS factor
  RETURN toInteger(round(coalesce(sum(billed * factor), 0))) AS billed,
         toInteger(round(coalesce(sum(recent * factor), 0))) AS recent,
         toInteger(round(coalesce(sum(year_ago * factor), 0))) AS year_ago, sum(unsure) AS unsure,
         collect(CASE WHEN factor IS NULL THEN currency END) AS unpriced
}
CALL (commitment) {
  UNWIND coalesce(commitment.steps, []) AS step
  WITH step WHERE left(step, 10) <= toString($today)
  RETURN toInteger(substring(max(step), 11)) AS stepped
}
WITH *, coalesce(stepped, commitment.amount) AS amount, known_from <= until - duration({years: 1}) AS has_year,
     duration.inDays(commitment.period_from, commitment.period_to).days AS length,
     duration.inDays(commitment.period_from, until).days AS elapsed,
     duration.inDays(until - duration({months: 3}), until).days AS recent_days,
     CASE WHEN payers = [] THEN 'no billing account is known to count toward it'
          WHEN unbilled > 0 THEN unbilled + ' of its billing accounts have had no bill for ' + $last_bill_days + ' days'
          WHEN unsure > 0 THEN 'of ' + unsure + ' charges it is not known whether they count toward it'
          WHEN unpriced <> [] THEN 'there is no fresh rate of ' + unpriced[0] + ' to ' + commitment.currency
     END AS blind_reason
WITH *, billed + CASE WHEN has_year THEN year_ago WHEN elapsed > 0 THEN billed * (length - elapsed) / elapsed
                      ELSE 0 END AS projection
WHERE blind_reason IS NOT NULL
   OR elapsed >= $min_elapsed_days AND billed > 0 AND recent * length > amount * recent_days
  AND billed * length >= $min_attainment * amount * elapsed AND projection >= $min_attainment * amount
WITH *, CASE WHEN blind_reason IS NOT NULL THEN null
             WHEN billed >= amount
             THEN commitment.period_from + duration({days: toInteger(ceil(1.0 * amount * elapsed / billed))})
             ELSE until + duration({days:
               toInteger(ceil(1.0 * (amount - billed) * (length - elapsed) / (projection - billed)))})
        END AS met_on
RETURN account.id AS account_id, agreement.id AS agreement_id, commitment.id AS commitment_id,
       commitment.period_from AS period_from, coalesce(account.name, account.id) AS account,
       CASE WHEN blind_reason IS NULL THEN 1.0 * projection / amount END AS attainment,
       CASE WHEN met_on <= $today THEN 'met' ELSE 'will meet' END AS meets, met_on AS met_on,
       CASE WHEN has_year THEN '' ELSE ' Its season is not known: there is less than a year of bills.' END AS season,
       met_on - duration({days: $negotiate_days}) AS act_by,
       CASE WHEN blind_reason IS NULL THEN [[projection - amount, commitment.currency]] ELSE [] END AS value,
       [billing IN payers[..50] | billing.id] AS billing_account_ids,
       COLLECT {
         UNWIND payers AS billing
         MATCH (billing)<-[:ON]-(bill:Bill)
         WHERE bill.issued_on <= $today AND bill.period_to > commitment.period_from
         RETURN bill.id ORDER BY bill.issued_on DESC, bill.id LIMIT 50
       } AS bill_ids,
       blind_reason AS blind_reason
ORDER BY commitment_id, period_from
