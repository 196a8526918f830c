// Billed companies that may be one: nobody was sure, and nobody has decided. One row per pair.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)<-[:RESOLVES_TO]-(record:SourceRecord)
WITH DISTINCT account, entity, record.key AS key
CALL (key) {
  MATCH (judgement:Judgement {left: key}) RETURN judgement.right AS other_key
  UNION
  MATCH (judgement:Judgement {right: key}) RETURN judgement.left AS other_key
}
MATCH (other:LegalEntity)<-[:RESOLVES_TO]-(:SourceRecord {key: other_key})
WHERE other <> entity
WITH account, CASE WHEN entity.id < other.id THEN entity ELSE other END AS left,
     CASE WHEN entity.id < other.id THEN other ELSE entity END AS right,
     CASE WHEN key < other_key THEN [key, other_key] ELSE [other_key, key] END AS keys
WITH left, right, keys, account ORDER BY account.id
WITH left, right, collect(DISTINCT keys) AS pairs, head(collect(account)) AS account
CALL (pairs) {
  UNWIND pairs AS keys
  MATCH (judgement:Judgement {left: keys[0], right: keys[1]})
  WHERE judgement.decided_at < datetime({date: $today + duration({days: 1})})
    AND coalesce(judgement.retracted_at > datetime({date: $today}), true)
  RETURN judgement ORDER BY judgement.decided_at DESC, judgement.id LIMIT 1
}
WITH * WHERE judgement.verdict = 'unsure' AND $least_score <= judgement.score <= $most_score
  AND coalesce(left.ended_on > $today, true) AND coalesce(right.ended_on > $today, true)
  AND coalesce(left.status, '') <> 'INACTIVE' AND coalesce(right.status, '') <> 'INACTIVE'
  AND NOT EXISTS { (left)-[:PARENT_IN|INTERNATIONAL_BRANCH_OF]-(right) }
  // One register gives one company one number.
  AND NOT EXISTS {
    MATCH (left)-[:HAS_IDENTIFIER]->(one:Identifier), (right)-[:HAS_IDENTIFIER]->(another:Identifier)
    WHERE one.scheme = another.scheme AND one.scheme IN ['lei', 'registry']
      AND coalesce(one.issuer, '') = coalesce(another.issuer, '') AND one.value <> another.value
  }
CALL (left, right) {
  UNWIND [left, right] AS company
  MATCH (company)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billing:BillingAccount)
  WITH DISTINCT company, billing
  CALL (billing) {
    MATCH (billing)<-[:ON]-(bill:Bill)
    WHERE $today - duration({days: $billed_days}) < bill.issued_on <= $today
    MATCH (bill)-[:HAS_CHARGE]->(charge:Charge)
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
    WITH bill.period_to AS billed_to, charge.currency AS currency, sum(CASE WHEN charge.kind = 'recurring'
           THEN 12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END ELSE 0 END) AS annual
    RETURN currency, annual
    ORDER BY coalesce(billed_to <= $today, false) DESC, billed_to DESC, currency LIMIT 1
  }
  WITH company, billing, currency, annual ORDER BY billing.id
  WITH company, collect(billing.id) AS billing_ids, collect(DISTINCT currency) AS currencies,
       sum(annual) AS annual
  RETURN count(company) AS billed, collect(billing_ids) AS billing_ids,
         collect([annual, currencies]) AS spent
}
WITH * WHERE billed = 2
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       left.id AS left_id, right.id AS right_id, left.id AS entity_id,
       coalesce(left.name, left.id) AS left_name, coalesce(right.name, right.id) AS right_name,
       judgement.id AS judgement_id,
       COLLECT { UNWIND billing_ids AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
         AS billing_account_ids,
       date(judgement.decided_at) + duration({days: $decide_days}) AS act_by,
       CASE WHEN size(spent[0][1]) = 1 AND spent[0][1] = spent[1][1]
            THEN [[CASE WHEN spent[0][0] < spent[1][0] THEN spent[0][0] ELSE spent[1][0] END,
                   spent[0][1][0]]] ELSE [] END AS value
ORDER BY left_id, right_id
