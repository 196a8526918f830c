// What companies promised to spend in a period that a day lies in, and what was billed toward it. One row per commitment.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (entity:LegalEntity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
  -[bound:PARTY_TO|FORMER_PARTY_TO]->(agreement:Agreement)
  -[:HAS_COMMITMENT]->(commitment:Commitment)
WHERE entity.id IN $entity_ids AND commitment.period_from <= day AND commitment.period_to > day
  AND all(fact IN [plays, bound] WHERE fact.valid_from <= day AND fact.valid_to > day
    AND fact.recorded_to = open AND fact.planned IS NULL)
  AND ($scope IS NULL OR EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
WITH DISTINCT commitment, agreement, day, open
OPTIONAL MATCH (record:SourceRecord {id: commitment.record})
CALL (commitment, day, open) {
  MATCH (commitment)<-[counts:COUNTS_TOWARD|FORMER_COUNTS_TOWARD]-(account:BillingAccount)
  WHERE counts.recorded_to = open AND counts.valid_from <= day AND counts.valid_to > day
    AND ($scope IS NULL OR EXISTS {
      (account)<-[:BILLED_BY|FORMER_BILLED_BY]-(:Customer)<-[:PLAYS|FORMER_PLAYS]-(:LegalEntity)
        -[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  OPTIONAL MATCH (account)<-[:ON]-(bill:Bill)-[:HAS_CHARGE]->(charge:Charge)
  WHERE bill.issued_on <= day
    AND coalesce(charge.period_from, bill.issued_on) >= commitment.period_from
    AND coalesce(charge.period_from, bill.issued_on) < commitment.period_to
    AND coalesce(charge.contributory, true)
  WITH commitment, account, charge.currency AS currency,
       sum(CASE WHEN charge.contributory THEN charge.amount END) AS counted,
       sum(CASE WHEN charge.contributory IS NULL THEN charge.amount END) AS unsure,
       max(bill.issued_on) AS last_on
  OPTIONAL MATCH (said:SourceRecord {id: account.record})
  WITH commitment, currency, count(account) AS accounts, sum(counted) AS counted,
       sum(unsure) AS unsure, max(last_on) AS last_on, collect(DISTINCT said.system) AS systems
  RETURN sum(accounts) AS account_count, max(last_on) AS billed_until,
         collect(CASE WHEN currency IS NOT NULL THEN [currency, counted] END) AS counted,
         collect(CASE WHEN unsure <> 0 THEN [currency, unsure] END) AS unsure,
         reduce(all = [], some IN collect(systems) |
           all + [one IN some WHERE NOT one IN all]) AS systems
}
RETURN commitment.kind AS kind, commitment.amount AS amount, commitment.currency AS currency,
       commitment.period_from AS period_from, commitment.period_to AS period_to,
       counted AS counted, unsure AS unsure, billed_until AS billed_until,
       account_count AS account_count, agreement.reference AS agreement,
       CASE WHEN record.system IS NULL THEN systems ELSE systems + [record.system] END AS source_ids,
       commitment.id AS commitment_id
ORDER BY period_to, commitment_id
