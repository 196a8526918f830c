// Products that run and are billed although no contract ever covered them. One row per product.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  -[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})-[:FOR]->(product:Product)
WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: $billed_months})
WITH product, account, entity, bill ORDER BY account.id, entity.id, bill.id
WITH product, head(collect(account)) AS account, head(collect(entity)) AS entity,
     collect(DISTINCT bill.id) AS bill_ids
WHERE size(bill_ids) >= $min_bills
  AND NOT EXISTS { (:AgreementItem)-[:GOVERNS|FORMER_GOVERNS|PLANNED_GOVERNS]->(product) }
  // A bundle is on paper once for all of its parts.
  AND NOT EXISTS {
    MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
      -[:GOVERNS|FORMER_GOVERNS|PLANNED_GOVERNS]->(covered:Product)
    WHERE product.bundle IN [covered.bundle, last(split(covered.reference, ':'))]
  }
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND coalesce(service.ceased_on > $today, true)
  AND service.activated_on < $today - duration({days: $min_live_days})
  AND NOT coalesce(service.is_test, false)
WITH product, account, entity, bill_ids, service ORDER BY service.activated_on, service.id
WITH product, account, entity, bill_ids, collect(service) AS services
RETURN account.id AS account_id, entity.id AS entity_id, product.id AS product_id,
       services[0].id AS service_id, coalesce(account.name, account.id) AS account,
       coalesce(services[0].name, product.id) AS product,
       services[0].activated_on + duration({days: $act_within_days}) AS act_by,
       COLLECT {
         MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
         WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
         WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
         WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
              sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
         RETURN [annual, currency]
         ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
       } AS value,
       [service IN services[..50] | service.id] AS service_ids, bill_ids[..50] AS bill_ids
ORDER BY product_id
