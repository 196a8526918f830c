// Services that run under one circuit name, at one site or told by two systems: one service that inventory has twice. One row per pair of services.
WITH date($on) AS day, date('9999-12-31') AS open
MATCH (service:Service)
WHERE service.name IS NOT NULL AND service.state IN ['active', 'suspended']
  AND coalesce(service.ceased_on, open) > day
WITH service ORDER BY service.id
WITH service.name AS name, collect(service) AS services
WHERE size(services) > 1
UNWIND services[1..] AS other
WITH name, services[0] AS service, other
WHERE split(service.reference, ':')[0] <> split(other.reference, ':')[0]
   OR EXISTS { MATCH (service)-[:DELIVERED_AT]->(:Site)<-[:DELIVERED_AT]-(other) }
WITH name, service, other,
     COLLECT {
       UNWIND [service, other] AS had
       MATCH (product:Product)-[:REALIZED_BY]->(had)
       RETURN DISTINCT product ORDER BY product.id
     } AS products,
     COLLECT {
       UNWIND [service, other] AS had
       MATCH (agreement:Agreement)-[:HAS_ITEM]->(:AgreementItem)
             -[:GOVERNS]->(:Product)-[:REALIZED_BY]->(had)
       RETURN agreement ORDER BY agreement.id LIMIT 1
     }[0] AS agreement
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [service, other, agreement] + products AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'twice_in_inventory' AS kind, 'Service' AS subject, service.id AS subject_id,
       other.id AS against_id, name AS name, agreement.party_name AS customer,
       null AS account_id, null AS account,
       CASE WHEN service.activated_on > other.activated_on THEN service.activated_on
            ELSE other.activated_on END AS since_on,
       CASE WHEN size(products) > 1 AND products[1].price IS NOT NULL
            THEN [[products[1].currency, products[1].price]] ELSE [] END AS amounts,
       true AS monthly,
       ['inventory', 'inventory'] AS sides,
       ['has it as ' + service.reference, 'has it as ' + other.reference] AS says,
       [service.record, other.record] AS records
ORDER BY subject_id, against_id
