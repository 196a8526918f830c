// Commitments that are met long before their period ends, so that services may then leave. One row per commitment and period.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_COMMITMENT]->(commitment:Commitment)
WHERE agreement.signed_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND commitment.kind IN ['MARC', 'TRC'] AND commitment.amount > 0
  AND commitment.period_from <= $today - duration({days: $min_elapsed_days})
  AND commitment.period_to > $today
  // Renewed: a commitment that is signed carries on where this one ends.
  AND NOT EXISTS {
    MATCH (commitment)<-[:COUNTS_TOWARD]-(:BillingAccount)-[:COUNTS_TOWARD|PLANNED_COUNTS_TOWARD]->(next:Commitment)
      <-[:HAS_COMMITMENT]-(signed:Agreement)
    WHERE next.kind = commitment.kind AND signed.signed_on <= $today
      AND next.period_from <= commitment.period_to + duration({days: $renewed_within_days})
      AND next.period_to > commitment.period_to
  }
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
  // The period up to now, and what is left of it a year ago.
  UNWIND [[commitment.period_from, until, 1, 0],
    [until - duration({years: 1}), commitment.period_to - duration({years: 1}), 0, 1]] AS window
  WITH commitment, until, charge, window, from_on,
       CASE WHEN to_on > from_on THEN to_on ELSE from_on + duration({days: 1}) END AS to_on,
       window[0] AS begins, window[1] AS ends
  WHERE from_on < ends AND to_on > begins
  WITH commitment, until, charge.currency AS currency, charge, window,
       charge.amount * duration.inDays(CASE WHEN from_on > begins THEN from_on ELSE begins END,
         CASE WHEN to_on < ends THEN to_on ELSE ends END).days
       / duration.inDays(from_on, to_on).days AS part
  WITH commitment, until, currency, sum(window[2] * part) AS billed, sum(window[3] * part) AS year_ago,
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
         toInteger(round(coalesce(sum(year_ago * factor), 0))) AS year_ago, sum(unsure) AS unsure,
         collect(CASE WHEN factor IS NULL THEN currency END) AS unpriced,
         collect([currency, factor]) AS factors
}
CALL (commitment) {
  UNWIND coalesce(commitment.steps, []) AS step
  WITH step WHERE left(step, 10) <= toString($today)
  RETURN toInteger(substring(max(step), 11)) AS stepped
}
WITH *, coalesce(stepped, commitment.amount) AS amount, known_from <= until - duration({years: 1}) AS has_year,
     duration.inDays(commitment.period_from, commitment.period_to).days AS length,
     duration.inDays(commitment.period_from, until).days AS elapsed,
     CASE WHEN payers = [] THEN 'no billing account is known to count toward it'
          WHEN unbilled > 0 THEN unbilled + ' of its billing accounts have had no bill for ' + $last_bill_days + ' days'
          WHEN unsure > 0 THEN 'of ' + unsure + ' charges it is not known whether they count toward it'
          WHEN unpriced <> [] THEN 'there is no fresh rate of ' + unpriced[0] + ' to ' + commitment.currency
     END AS blind_reason
WITH *, billed + CASE WHEN has_year THEN year_ago WHEN elapsed > 0 THEN billed * (length - elapsed) / elapsed
                      ELSE 0 END AS projection
WHERE blind_reason IS NOT NULL OR elapsed >= $min_elapsed_days AND billed > 0 AND projection >= amount
WITH *, CASE WHEN blind_reason IS NOT NULL THEN null
             WHEN billed >= amount
             THEN commitment.period_from + duration({days: toInteger(ceil(1.0 * amount * elapsed / billed))})
             ELSE until + duration({days:
               toInteger(ceil(1.0 * (amount - billed) * (length - elapsed) / (projection - billed)))})
        END AS met_on
WHERE blind_reason IS NOT NULL OR met_on <= commitment.period_to - duration({days: $min_early_days})
CALL (payers, met_on, factors) {
  UNWIND payers AS billing
  MATCH (billing)<-[:ON]-(billed:Bill)-[:HAS_CHARGE]->(counted:Charge {kind: 'recurring'})-[:FOR]->(product:Product)
  WHERE billed.issued_on <= $today AND counted.period_to > $today - duration({months: 2}) AND counted.contributory
  WITH DISTINCT product, met_on, factors
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN annual, currency ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH product, met_on, annual, currency,
       head([pair IN factors WHERE pair[0] = currency | pair[1]]) AS factor
  CALL (product, met_on) {
    OPTIONAL MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(item:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND item.ends_on > met_on
    WITH item, item.starts_on > $today OR EXISTS {
      MATCH (item)<-[:RENEWS]-(:AgreementItem)<-[:HAS_ITEM]-(next:Agreement) WHERE next.signed_on <= $today
    } AS is_renewed
    RETURN coalesce(max(is_renewed OR item.early_termination_share > 0), false) AS is_bound,
           count(CASE WHEN item.early_termination_share IS NULL THEN item END) > 0 AS is_unknown
  }
  WITH product, annual, currency, annual * factor AS weight, NOT is_bound AND NOT is_unknown AS is_free,
       NOT is_bound AND is_unknown AS is_doubtful
  ORDER BY product.id
  RETURN sum(weight) AS counting, sum(CASE WHEN is_free THEN weight ELSE 0 END) AS free,
         sum(CASE WHEN is_doubtful THEN weight ELSE 0 END) AS doubtful,
         collect(CASE WHEN is_free THEN [product.id, annual, currency] END) AS movable
}
WITH *, CASE WHEN free >= $min_movable_share * counting THEN blind_reason
             ELSE coalesce(blind_reason, 'what leaving early costs is not known of services that count toward it')
        END AS doubt
WHERE blind_reason IS NOT NULL OR counting > 0 AND free + doubtful >= $min_movable_share * counting
RETURN account.id AS account_id, agreement.id AS agreement_id, commitment.id AS commitment_id,
       commitment.period_from AS period_from, coalesce(account.name, account.id) AS account,
       CASE WHEN doubt IS NULL THEN met_on END AS met_on,
       CASE WHEN doubt IS NULL THEN duration.inDays(met_on, commitment.period_to).days END AS days,
       CASE WHEN doubt IS NULL THEN met_on - duration({days: $negotiate_days}) END AS act_by,
       COLLECT {
         UNWIND movable AS one
         WITH one[2] AS currency, sum(one[1]) AS annual WHERE doubt IS NULL
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value,
       [billing IN payers[..50] | billing.id] AS billing_account_ids,
       COLLECT {
         UNWIND payers AS billing
         MATCH (billing)<-[:ON]-(bill:Bill)
         WHERE bill.issued_on <= $today AND bill.period_to > commitment.period_from
         RETURN bill.id ORDER BY bill.issued_on DESC, bill.id LIMIT 50
       } AS bill_ids,
       [one IN movable[..50] | one[0]] AS product_ids, doubt AS blind_reason
ORDER BY commitment_id, period_from
