// Rights to a benchmark or to newer technology that can be used now or soon. One row per clause and opening.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_CLAUSE]->(clause:Clause)
WHERE agreement.signed_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND coalesce(agreement.period_from <= $today, true) AND coalesce(agreement.period_to > $today, true)
  AND clause.kind IN ['benchmark', 'tech_refresh']
  AND clause.opens_on <= $today + duration({days: $horizon_days})
  AND coalesce(clause.closes_on > $today, true) AND coalesce(clause.deadline_on >= $today, true)
  AND coalesce(clause.waived_on > $today, true)
  AND coalesce(clause.exercised_on < clause.opens_on, true)
  AND NOT EXISTS {
    MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)<-[:RENEWS]-(next:AgreementItem)
      <-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND next.starts_on <= item.ends_on + duration({days: $renewed_within_days})
  }
WITH clause, agreement, account, entity ORDER BY account.id, entity.id, agreement.id
WITH clause, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity
CALL (agreement) {
  OPTIONAL MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)-[:GOVERNS]->(product:Product)
  WHERE item.starts_on <= $today < item.ends_on
  WITH DISTINCT product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS monthly, min(bill.id) AS bill_id
    RETURN currency, monthly, bill_id ORDER BY billed_to DESC, currency LIMIT 1
  }
  CALL (product, currency) {
    OPTIONAL MATCH (product)-[:REALIZED_BY]->(:Service)-[:DELIVERED_AT]->(site:Site)
    OPTIONAL MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)<-[:PRICES]-(index:PriceIndex)
    WHERE index.currency = currency AND index.country = site.country
      AND $today - duration({months: $index_months}) <= index.month <= $today
      AND coalesce(index.bandwidth_band =
        coalesce(product.bandwidth_band, offering.bandwidth_band), true)
    RETURN index ORDER BY index.month IS NULL, index.month DESC, index.id LIMIT 1
  }
  WITH currency, monthly - index.median AS above, index, bill_id
  ORDER BY currency, index.id
  WITH currency, sum(CASE WHEN above > 0 THEN 12 * above ELSE 0 END) AS annual,
       collect(DISTINCT index.id) AS indexes, collect(DISTINCT bill_id) AS bills
  WITH collect(CASE WHEN annual > 0 THEN [annual, currency] END) AS value, collect(indexes) AS indexes,
       collect(bills) AS bills
  RETURN value,
         COLLECT { UNWIND indexes AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
           AS price_index_ids,
         COLLECT { UNWIND bills AS some UNWIND some AS id RETURN DISTINCT id ORDER BY id LIMIT 50 }
           AS bill_ids
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, agreement.id AS agreement_id, clause.id AS clause_id,
       CASE clause.kind WHEN 'benchmark' THEN 'benchmark' ELSE 'technology refresh' END AS clause,
       coalesce(last(split(agreement.reference, ':')), agreement.id) AS agreement,
       clause.opens_on AS opens_on, price_index_ids AS price_index_ids, bill_ids AS bill_ids,
       clause.opens_on - duration({days: $prepare_days}) AS act_by, value AS value,
       CASE WHEN coalesce(clause.confidence, 1.0) < $min_confidence
            THEN 'the clause was not read with enough certainty' END AS blind_reason
ORDER BY agreement_id, clause_id, opens_on
