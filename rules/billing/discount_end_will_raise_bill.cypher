// Products whose bill will rise because a discount ends or an index applies. One row per product and day.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
    -[:GOVERNS]->(product:Product)
  RETURN product, max(coalesce(item.ends_on, date('9999-12-31'))) AS covered_to
  UNION
  // What no contract governs belongs to who pays for it.
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on > $today - duration({months: 3})
  MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(product:Product)
  WHERE NOT EXISTS { (:AgreementItem)-[:GOVERNS]->(product) }
  RETURN DISTINCT product, date('0001-01-01') AS covered_to
}
WITH product, account, entity ORDER BY covered_to DESC, account.id, entity.id
WITH product, head(collect(account)) AS account, head(collect(entity)) AS entity
CALL (product) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 3})
  WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS months
  ORDER BY charge.period_to DESC, bill.issued_on DESC, charge.id LIMIT 1
  RETURN charge, bill, charge.amount / CASE WHEN months > 1 THEN months ELSE 1 END AS monthly
}
WITH * WHERE monthly > 0
CALL (product, charge, monthly) {
  WITH * WHERE $today < charge.discount_ends_on
    AND charge.discount_ends_on <= $today + duration({days: $horizon_days})
  // Else the contract's price, where it is above what is charged, is what remains without it.
  RETURN charge.discount_ends_on AS rises_on, 'its discount ends' AS what, null AS clause_id,
         CASE WHEN charge.discount_amount > 0
           THEN charge.discount_amount * monthly / charge.amount
           WHEN product.price > monthly AND coalesce(product.currency = charge.currency, true)
           THEN product.price - monthly END AS step,
         'what it costs without the discount is unknown' AS doubt
  UNION
  MATCH (product)<-[:GOVERNS]-(item:AgreementItem)<-[:HAS_ITEM]-(agreement:Agreement)
    -[:HAS_CLAUSE]->(clause:Clause {kind: 'indexation'})
  WHERE agreement.signed_on <= $today AND item.starts_on <= $today
    AND coalesce(item.ends_on > clause.opens_on, true)
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
    AND $today < clause.opens_on AND clause.opens_on <= $today + duration({days: $horizon_days})
    AND coalesce(clause.waived_on > $today, true)
  WITH clause, monthly ORDER BY clause.opens_on, clause.id LIMIT 1
  RETURN clause.opens_on AS rises_on, 'an index applies' AS what, clause.id AS clause_id,
         CASE WHEN clause.confidence >= $min_confidence
           THEN toInteger(round(monthly * clause.threshold)) END AS step,
         'by how much the index raises it is unknown' AS doubt
}
WITH *
WHERE coalesce(step >= $min_rise_share * monthly, true)
  AND coalesce(product.next_price_on > rises_on + duration({days: $renewed_within_days}), true)
  AND NOT EXISTS {
    MATCH (product)-[:REALIZED_BY]->(:Service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today
      AND NOT coalesce(order.status, '') IN ['rejected', 'cancelled', 'failed']
  }
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND next.starts_on > charge.period_from
      AND next.starts_on <= rises_on + duration({days: $renewed_within_days})
  }
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS]-(:AgreementItem)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND next.starts_on > charge.period_from
      AND next.starts_on <= rises_on + duration({days: $renewed_within_days})
  }
  AND NOT EXISTS {
    UNWIND [account, entity] AS known
    MATCH (known)<-[:WITH]-(interaction:Interaction)
    WHERE toLower(interaction.kind) IN ['letter', 'notice', 'price notice']
      AND datetime({date: rises_on - duration({days: $announced_days})}) <= interaction.at
      AND interaction.at < datetime({date: $today})
  }
WITH product, account, entity, charge, bill, monthly, rises_on, what, clause_id, step, doubt
ORDER BY step DESC, what
WITH product, rises_on, head(collect([account, entity, charge, bill, what, clause_id, step, doubt])) AS one,
     [product] AS products
CALL (products) {
  UNWIND products AS product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount * 12 / CASE WHEN months > 1 THEN months ELSE 1 END) AS annual
    ORDER BY billed_to DESC, currency LIMIT 1
    RETURN currency, annual
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
WITH *, one[0] AS account, one[1] AS entity, one[2] AS charge, one[3] AS bill
OPTIONAL MATCH (product)-[:REALIZED_BY]->(service:Service)
WITH product, rises_on, one, account, entity, charge, bill, value, min(service.name) AS name,
     min(service.id) AS service_id
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, product.id AS product_id, service_id AS service_id,
       coalesce(name, product.id) AS product, rises_on AS discount_ends_on, one[4] AS what,
       CASE WHEN one[6] IS NOT NULL THEN [[one[6], charge.currency]] ELSE [] END AS step,
       charge.id AS charge_id, bill.id AS bill_id, one[5] AS clause_id,
       CASE WHEN one[6] IS NOT NULL THEN rises_on - duration({days: $tell_days}) END AS act_by,
       value AS value, CASE WHEN one[6] IS NULL THEN one[7] END AS blind_reason
ORDER BY product_id, discount_ends_on
