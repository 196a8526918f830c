// Accounts where more ends in the next two quarters than open business would bring. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
WITH account, entity, date.truncate('quarter', $today) AS quarter
WITH account, entity, quarter + duration({months: 3}) AS opens_on, quarter + duration({months: 9}) AS closes_on
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND opens_on <= item.ends_on < closes_on
  AND (NOT coalesce(item.auto_renew, agreement.auto_renew, false) OR agreement.notice_given_on <= $today)
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND next.starts_on <= item.ends_on + duration({days: $renewed_within_days})
  }
MATCH (item)-[:GOVERNS]->(product:Product)
WHERE NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND next.ends_on > item.ends_on
      AND next.starts_on <= item.ends_on + duration({days: $renewed_within_days})
  }
  AND NOT EXISTS {
    MATCH (product)-[:REALIZED_BY]->(:Service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  }
WITH account, opens_on, closes_on, product, min(item.id) AS item_id, min(item.ends_on - duration(
       {days: coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)})) AS notice_on
CALL (product) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
  WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
  WITH bill.period_to AS billed_to, charge.currency AS currency,
       sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual, min(bill.id) AS bill_id
  RETURN currency, annual, bill_id ORDER BY billed_to DESC, currency LIMIT 1
}
WITH account, opens_on, closes_on, currency, sum(annual) AS annual, min(notice_on) AS notice_on,
     collect(item_id) AS item_ids, collect(bill_id) AS bill_ids
WITH account, opens_on, closes_on, collect([annual, currency, 1]) AS ending, min(notice_on) AS notice_on,
     collect(item_ids) AS item_ids, collect(bill_ids) AS bill_ids
CALL (account, closes_on) {
  CALL (account) {
    MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(:LegalEntity)<-[:CONCERNS]-(opportunity:Opportunity)
    RETURN opportunity
    UNION
    MATCH (account)<-[:FOR_ACCOUNT]-(opportunity:Opportunity)
    RETURN opportunity
    UNION
    // What is sold to the account above as a whole may cover this one too.
    MATCH (account)-[:ROOTED_AT]->(:LegalEntity)-[:IN_FAMILY {view: 'commercial'}]->(:Account)
      -[:ROOTED_AT]->(:LegalEntity)<-[:CONCERNS]-(opportunity:Opportunity)
    RETURN opportunity
  }
  WITH opportunity, closes_on
  WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
    AND NOT toLower(coalesce(opportunity.stage, ''))
      IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
    AND coalesce(opportunity.close_on < closes_on, true)
  WITH opportunity.currency AS currency, opportunity.amount * opportunity.probability AS weighted,
       opportunity.id AS id
  ORDER BY id
  WITH currency, sum(weighted) AS weighted, collect(id) AS ids,
       count(CASE WHEN weighted IS NULL OR currency IS NULL THEN 1 END) AS unknown
  RETURN collect(CASE WHEN currency IS NOT NULL THEN [weighted, currency, 0] END) AS selling,
         collect(ids) AS opportunity_ids, coalesce(sum(unknown), 0) AS unknown
}
WITH *, [one IN ending | one[1]] + [one IN selling | one[1]] AS currencies
WITH *, any(one IN currencies WHERE one <> currencies[0]) AS is_mixed
CALL (ending, selling, is_mixed) {
  UNWIND ending + selling AS one
  WITH one, is_mixed, CASE WHEN NOT is_mixed OR one[1] = $base_currency THEN 1.0 ELSE head(COLLECT {
         MATCH (rate:ExchangeRate {currency: one[1], base: $base_currency})
         WHERE date.truncate('month', $today) - duration({days: $rate_age_days}) <= rate.on
           AND rate.on < date.truncate('month', $today) AND rate.rate > 0
         RETURN rate.rate ORDER BY rate.on DESC LIMIT 1
       }) END AS rate,
       [code IN [CASE WHEN is_mixed THEN $base_currency ELSE one[1] END, one[1]] |
         CASE WHEN code IN ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
                'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'] THEN 0
              WHEN code IN ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] THEN 3 ELSE 2 END] AS digits
  WITH one, rate, one[0] / rate * 10 ^ (digits[0] - digits[1]) AS amount
  RETURN toInteger(floor(sum(CASE WHEN one[2] = 1 THEN amount ELSE 0.0 END))) AS expiring,
         toInteger(ceil(sum(CASE WHEN one[2] = 0 THEN amount ELSE 0.0 END))) AS pipeline,
         collect(DISTINCT CASE WHEN rate IS NULL THEN one[1] END) AS unpriced
}
WITH *, CASE WHEN is_mixed THEN $base_currency ELSE currencies[0] END AS currency
WHERE unpriced <> [] OR expiring > pipeline
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       opens_on AS window_starts_on, closes_on - duration({days: 1}) AS window_end,
       CASE WHEN unpriced = [] THEN [[expiring, currency]] END AS expiring,
       CASE WHEN unpriced = [] THEN [[pipeline, currency]] END AS pipeline,
       COLLECT { UNWIND item_ids AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
         AS item_ids,
       COLLECT { UNWIND opportunity_ids AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
         AS opportunity_ids,
       COLLECT { UNWIND bill_ids AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
         AS bill_ids,
       notice_on AS act_by,
       CASE WHEN unpriced = [] THEN [[expiring - pipeline, currency]] ELSE [] END AS value,
       CASE WHEN unpriced <> [] THEN 'no exchange rate is known for ' + unpriced[0]
            WHEN unknown > 0 THEN 'amount or chance of an open opportunity is not known'
       END AS blind_reason
ORDER BY account_id, window_starts_on
