// Services that run and that nobody bills: never charged 30 days after they were accepted, or not charged on the last two bills. One row per product, or per service that is part of none.
WITH date($on) AS day, date('9999-12-31') AS open,
     EXISTS { MATCH (other:Product) WHERE other.accepted_on IS NOT NULL } AS acceptance_is_kept
MATCH (service:Service)
WHERE service.state = 'active' AND service.activated_on <= day
  AND coalesce(service.ceased_on, open) > day AND NOT coalesce(service.is_test, false)
OPTIONAL MATCH (product:Product)-[:REALIZED_BY]->(service)
WITH day, open, acceptance_is_kept, service, product
WHERE product.bundle IS NULL AND coalesce(product.price, 1) <> 0
  AND NOT EXISTS {
    MATCH (free:AgreementItem {monthly_amount: 0})-[:GOVERNS]->(product)
    WHERE coalesce(free.ends_on, open) > day
  }
  AND (product IS NOT NULL OR NOT EXISTS {
    MATCH (service)-[:DELIVERED_AT]->(:Site)<-[:DELIVERED_AT]-(twin:Service)
    WHERE twin <> service AND twin.name = service.name AND twin.state = 'active'
  })
CALL (service, product) {
  UNWIND [service, product] AS thing
  MATCH (thing)<-[:FOR]-(charge:Charge)
  RETURN count(charge) AS charges,
         max(CASE charge.kind WHEN 'recurring' THEN charge.period_to END) AS billed_to
}
WITH day, open, acceptance_is_kept, service, product, charges, billed_to
WHERE charges = 0 AND coalesce(product.accepted_on,
        CASE WHEN product IS NULL OR NOT acceptance_is_kept THEN service.activated_on END)
        < day - duration({days: 30})
   OR billed_to IS NOT NULL AND billed_to < day - duration({days: 30})
OPTIONAL CALL (service, product, billed_to) {
  UNWIND [service, product] AS thing
  MATCH (thing)<-[:FOR]-(last:Charge {kind: 'recurring', period_to: billed_to})
        <-[:HAS_CHARGE]-(:Bill)-[:ON]->(account:BillingAccount)
  RETURN last, account ORDER BY last.id, account.id LIMIT 1
}
OPTIONAL CALL (product, last) {
  WITH product WHERE last IS NULL
  MATCH (product)<-[:GOVERNS]-(:AgreementItem)<-[:HAS_ITEM]-(agreement:Agreement)
  MATCH (agreement)-[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(:Product)
        <-[:FOR]-(:Charge)<-[:HAS_CHARGE]-(bill:Bill)-[:ON]->(near:BillingAccount)
  RETURN near ORDER BY bill.issued_on DESC, near.id LIMIT 1
}
WITH day, service, product, billed_to, last, coalesce(account, near) AS account
WITH day, service, product, billed_to, last, account,
     COUNT {
       MATCH (account)<-[:ON]-(later:Bill)
       WHERE later.issued_on <= day AND NOT coalesce(later.state, 'sent') IN ['new', 'onHold']
         AND later.period_from >= coalesce(billed_to, service.activated_on)
     } AS bills_without
WHERE billed_to IS NOT NULL AND bills_without >= 2
   OR billed_to IS NULL AND account IS NOT NULL AND bills_without >= 1
   OR billed_to IS NULL AND account IS NULL
      AND service.activated_on < day - duration({days: 61})
WITH service, product, last, account, coalesce(product, service) AS subject,
     coalesce(billed_to, service.activated_on) AS since_on,
     COLLECT {
       MATCH (item:AgreementItem)-[:GOVERNS]->(product)
       MATCH (agreement:Agreement)-[:HAS_ITEM]->(item)
       RETURN agreement ORDER BY item.ends_on DESC, item.id LIMIT 1
     }[0] AS agreement
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [subject, service, account, agreement] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN CASE WHEN last IS NULL THEN 'never_billed' ELSE 'no_longer_billed' END AS kind,
       labels(subject)[0] AS subject, subject.id AS subject_id, null AS against_id,
       coalesce(service.name, subject.reference) AS name,
       coalesce(account.party_name, agreement.party_name) AS customer,
       account.id AS account_id, account.reference AS account, since_on AS since_on,
       CASE WHEN coalesce(last.amount, product.price) IS NOT NULL
            THEN [[coalesce(last.currency, product.currency),
                   coalesce(last.amount, product.price)]]
            ELSE [] END AS amounts,
       true AS monthly,
       ['inventory', 'billing'] AS sides,
       ['active since ' + toString(service.activated_on),
        CASE WHEN last IS NULL THEN 'no charge ever'
             ELSE 'no recurring charge since ' + toString(since_on) + '; the last was '
                  + last.currency + ' ' + toString(last.amount) END] AS says,
       [subject.record, coalesce(last.record, '')] AS records
ORDER BY subject_id, against_id
