// The dates ahead in companies' contracts: ends, notice, automatic renewals, price terms, clauses, commitments. One row per kind of date, day, agreement and currency.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (entity:LegalEntity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
  -[bound:PARTY_TO|FORMER_PARTY_TO]->(agreement:Agreement)
WHERE entity.id IN $entity_ids AND all(fact IN [plays, bound]
  WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open
    AND fact.planned IS NULL)
  AND ($scope IS NULL OR EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
WITH DISTINCT agreement, day, open, day + duration({days: $horizon_days}) AS horizon
CALL (agreement, day, open, horizon) {
  MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)
  WHERE item.ends_on IS NOT NULL AND coalesce(item.starts_on <= day, true)
    AND NOT EXISTS { (:AgreementItem)-[:RENEWS]->(item) }
  WITH agreement, item, day, horizon, coalesce(item.auto_renew, agreement.auto_renew, false) AS rolls,
       coalesce(item.renewal_term_months, agreement.renewal_term_months, 0) AS term,
       coalesce(item.notice_days, agreement.notice_days) AS notice_days
  WITH *, rolls AND agreement.notice_given_on IS NULL AS goes_on
  WITH *, CASE WHEN goes_on AND term > 0 AND item.ends_on < day
    THEN item.ends_on + duration(
      {months: term * (1 + duration.inMonths(item.ends_on, day).months / term)})
    ELSE item.ends_on END AS ends_on
  CALL (item, day, horizon, goes_on, ends_on, notice_days) {
    WITH * WHERE ends_on >= day AND ends_on <= horizon
    RETURN CASE WHEN goes_on THEN 'automatic_renewal' ELSE 'contract_end' END AS kind, ends_on AS on
    UNION ALL
    WITH * WHERE goes_on AND notice_days IS NOT NULL
      AND ends_on - duration({days: notice_days}) >= day
      AND ends_on - duration({days: notice_days}) <= horizon
    RETURN 'notice' AS kind, ends_on - duration({days: notice_days}) AS on
    UNION ALL
    WITH * WHERE ends_on < day AND NOT goes_on
      AND EXISTS { (item)-[:GOVERNS]->(:Product)-[:REALIZED_BY]->(service:Service)
                   WHERE coalesce(service.ceased_on > day, true) }
    RETURN 'out_of_contract' AS kind, ends_on AS on
  }
  RETURN kind, on, item.currency AS currency, item.monthly_amount AS amount
  UNION ALL
  MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)-[governs:GOVERNS]->(product:Product)
  WHERE product.next_price_on >= day AND product.next_price_on <= horizon
    AND governs.recorded_to = open
  RETURN 'price_term' AS kind, product.next_price_on AS on, product.currency AS currency,
         product.price AS amount
  UNION ALL
  MATCH (agreement)-[:HAS_ITEM]->(:AgreementItem)-[governs:GOVERNS]->(product:Product)
    <-[:FOR]-(charge:Charge)
  WHERE charge.discount_ends_on >= day AND charge.discount_ends_on <= horizon
    AND governs.recorded_to = open AND charge.period_from <= day
    AND charge.period_to > day - duration({months: 1})
  WITH product, charge.discount_ends_on AS on, charge.currency AS currency,
       max(charge.amount) AS amount
  RETURN 'discount_end' AS kind, on, currency, amount
  UNION ALL
  MATCH (agreement)-[:HAS_CLAUSE]->(clause:Clause)
  WHERE clause.exercised_on IS NULL AND clause.waived_on IS NULL
  UNWIND [['_opens', clause.opens_on], ['_deadline', clause.deadline_on]] AS part
  WITH clause, part WHERE part[1] >= day AND part[1] <= horizon
  RETURN clause.kind + part[0] AS kind, part[1] AS on, null AS currency, null AS amount
  UNION ALL
  MATCH (agreement)-[:HAS_COMMITMENT]->(commitment:Commitment)
  WHERE commitment.period_to >= day AND commitment.period_to <= horizon
  RETURN 'commitment_end' AS kind, commitment.period_to AS on,
         commitment.currency AS currency, commitment.amount AS amount
}
OPTIONAL MATCH (record:SourceRecord {id: agreement.record})
RETURN kind AS kind, on AS on, agreement.reference AS agreement,
       agreement.party_name AS party_name, coalesce(currency, '') AS currency,
       sum(amount) AS amount, count(*) AS line_count, record.system AS source_id,
       agreement.id AS agreement_id
ORDER BY on, kind, currency, agreement_id
