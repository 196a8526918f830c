// Pairs of commitments in one family of which one is overshot and the other missed. One row per pair.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_COMMITMENT]->(commitment:Commitment)
WHERE agreement.signed_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND commitment.kind IN ['MARC', 'TRC'] AND commitment.amount > 0
  AND commitment.period_from <= $today - duration({days: $min_elapsed_days})
  AND commitment.period_to > $today
WITH account, commitment, agreement ORDER BY agreement.id
WITH account, commitment, head(collect(agreement)) AS agreement ORDER BY account.id, commitment.id
WITH account, collect([commitment, agreement]) AS pairs
// With one commitment there is nothing to pool.
WHERE size(pairs) > 1
UNWIND pairs AS pair
WITH pair[0] AS commitment, pair[1] AS agreement, account
WITH commitment, head(collect(agreement)) AS agreement, collect(account) AS accounts
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
CALL (payers, until, commitment, recent_days) {
  UNWIND payers AS billing
  MATCH (billing)<-[:BILLED_BY]-(:Customer)<-[:PLAYS]-(payer:LegalEntity)
  WITH DISTINCT payer, until, commitment, recent_days
  CALL (payer) {
    MATCH (payer)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
      -[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
    RETURN product, service
    UNION
    // What is ordered is not always on paper yet: it belongs to who is at its site.
    MATCH (payer)-[:OCCUPIES]->(:Site)<-[:DELIVERED_AT]-(service:Service)<-[:REALIZED_BY]-(product:Product)
    WHERE NOT EXISTS { (:AgreementItem)-[:GOVERNS]->(product) }
    RETURN product, service
  }
  WITH DISTINCT product, service, until, commitment, recent_days
  MATCH (service)<-[does:DELIVERS]-(order:Order)
  WHERE does.action IN ['add', 'delete'] AND date(order.ordered_at) <= $today
    AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  WITH *, CASE does.action WHEN 'add' THEN coalesce(service.activated_on, date(order.completed_at))
                           ELSE coalesce(service.ceased_on, date(order.completed_at)) END AS done_on,
       coalesce(order.committed_on, order.requested_on, $today) AS due_on
  WITH product, order, until, commitment, recent_days, CASE does.action WHEN 'add' THEN 1 ELSE -1 END AS sign,
       CASE WHEN done_on IS NOT NULL THEN done_on WHEN due_on > $today THEN due_on ELSE $today END AS from_on,
       until - duration({months: 3}) AS recent_from
  WHERE recent_from < from_on < commitment.period_to
  // What changed in the last three months is in their mean for a part of them.
  WITH DISTINCT product, order, sign, product.currency = commitment.currency AND product.price > 0 AS is_priced,
       CASE WHEN from_on >= until THEN duration.inDays(from_on, commitment.period_to).days
            ELSE duration.inDays(until, commitment.period_to).days
              * duration.inDays(recent_from, from_on).days / recent_days END AS days
  ORDER BY order.id
  RETURN coalesce(sum(CASE WHEN is_priced THEN sign * product.price * 12 * days / 365 END), 0) AS ordered,
         sum(CASE WHEN sign > 0 AND NOT coalesce(is_priced, false) THEN 1 ELSE 0 END) AS unknown_orders,
         collect(DISTINCT order.id)[..50] AS order_ids
}
WITH *, recent * (length - elapsed) / recent_days AS run_rate
WITH *, billed + ordered + CASE WHEN has_year AND year_ago > run_rate THEN year_ago ELSE run_rate END AS likely,
     billed + CASE WHEN has_year THEN year_ago WHEN elapsed > 0 THEN billed * (length - elapsed) / elapsed ELSE 0 END AS sure
WITH *, blind_reason IS NULL AND elapsed >= $min_elapsed_days AS is_known
WITH *, is_known AND unknown_orders = 0 AND likely < $short_attainment * amount
       AND commitment.period_to <= $today + duration({days: $max_left_days})
       // Extended or rolled over: a commitment signed since carries it on beyond its end.
       AND NOT EXISTS {
         MATCH (commitment)<-[:COUNTS_TOWARD]-(:BillingAccount)-[:COUNTS_TOWARD]->(next:Commitment)
           <-[:HAS_COMMITMENT]-(signed:Agreement)
         WHERE next.kind = commitment.kind AND signed.signed_on <= $today
           AND next.period_from < commitment.period_to AND next.period_to > commitment.period_to
       } AS is_short,
     is_known AND billed > 0 AND sure > amount AND (billed >= amount OR recent * length > amount * recent_days
       AND billed * length >= $over_attainment * amount * elapsed AND sure >= $over_attainment * amount) AS is_over
WHERE is_short OR is_over OR blind_reason IS NOT NULL
ORDER BY commitment.id
WITH collect([commitment, agreement, accounts, payers, is_short, amount - likely, order_ids, blind_reason])[..200] AS short,
     collect([commitment, agreement, accounts, payers, is_over, sure - amount, blind_reason])[..200] AS over
UNWIND short[..200] AS low
UNWIND over[..200] AS high
WITH low, high, high[2][..20] AS high_accounts
WITH low[0] AS missed, high[0] AS overshot, low[1] AS low_agreement, high[1] AS high_agreement,
     low[3] AS low_payers, high[3] AS high_payers, low[4] AS is_short, high[4] AS is_over,
     low[5] AS lacking, high[5] AS surplus, low[6] AS order_ids, low[7] AS low_blind, high[6] AS high_blind,
     [account IN low[2][..20] WHERE account IN high_accounts] AS shared
WHERE missed <> overshot AND shared <> [] AND missed.currency = overshot.currency
  // Accounts that count toward both pool them already.
  AND none(billing IN low_payers[..50] WHERE billing IN high_payers[..50])
  AND (is_short OR low_blind IS NOT NULL) AND (is_over OR high_blind IS NOT NULL)
WITH *, shared[0] AS account, coalesce(low_blind, high_blind) AS blind_reason, low_payers + high_payers AS payers
WHERE blind_reason IS NOT NULL OR surplus >= $min_cover_share * lacking
RETURN account.id AS account_id, missed.id AS short_commitment_id, overshot.id AS over_commitment_id,
       CASE WHEN low_agreement = high_agreement THEN low_agreement.id END AS agreement_id,
       coalesce(account.name, account.id) AS account,
       CASE WHEN blind_reason IS NULL THEN [lacking, missed.currency] ELSE [] END AS shortfall,
       CASE WHEN surplus >= lacking THEN 'both are met' ELSE 'most of that is met' END AS outcome,
       CASE WHEN missed.period_to < overshot.period_to THEN missed.period_to ELSE overshot.period_to END
         - duration({days: $negotiate_days}) AS act_by,
       CASE WHEN blind_reason IS NULL
            THEN [[toInteger(round(lacking * coalesce(missed.payable_share, 1.0))), missed.currency]]
            ELSE [] END AS value,
       [missed.id, overshot.id] AS commitment_ids,
       [billing IN payers[..50] | billing.id] AS billing_account_ids,
       COLLECT {
         UNWIND payers AS billing
         MATCH (billing)<-[:ON]-(bill:Bill)
         WHERE bill.issued_on <= $today AND bill.period_to > missed.period_from
         RETURN bill.id ORDER BY bill.issued_on DESC, bill.id LIMIT 50
       } AS bill_ids,
       order_ids AS order_ids, blind_reason AS blind_reason
ORDER BY short_commitment_id, over_commitment_id
