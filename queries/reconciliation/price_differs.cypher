// Agreement items in force whose products are charged more or less for a whole month than agreed, and products under no priced item charged more or less than their own price. One row per agreement item, or per product.
WITH date($on) AS day, date('9999-12-31') AS open
CALL (day, open) {
  MATCH (item:AgreementItem)
  USING SCAN item:AgreementItem
  WHERE item.monthly_amount > 0 AND item.starts_on <= day AND coalesce(item.ends_on, open) > day
  MATCH (item)-[:GOVERNS]->(product:Product)
  RETURN item AS subject, item.monthly_amount AS agreed, item.currency AS currency, product,
         item.starts_on AS starts_on
  UNION ALL
  MATCH (product:Product)
  USING SCAN product:Product
  WHERE product.price > 0 AND product.bundle IS NULL AND product.starts_on <= day
    AND NOT EXISTS {
      MATCH (item:AgreementItem)-[:GOVERNS]->(product)
      WHERE item.monthly_amount IS NOT NULL AND coalesce(item.ends_on, open) > day
    }
  RETURN product AS subject, product.price AS agreed, product.currency AS currency, product,
         product.starts_on AS starts_on
}
CALL (day, product) {
  MATCH (product)-[:REALIZED_BY*0..1]->(thing)<-[:FOR]-(charge:Charge)
  WHERE charge.kind = 'recurring' AND charge.period_from > day - duration({days: 62})
    AND charge.period_to = charge.period_from + duration({months: 1})
  MATCH (charge)<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= day AND NOT coalesce(bill.state, 'sent') IN ['new', 'onHold']
  WITH DISTINCT charge, bill ORDER BY charge.period_from DESC, charge.id
  WITH collect(charge) AS charges, collect(bill) AS bills
  RETURN [charge IN charges WHERE charge.period_from = charges[0].period_from] AS charges,
         bills[0] AS bill
}
WITH day, subject, agreed, currency, starts_on, product, charges, bill ORDER BY product.id
WITH day, subject, agreed, currency, starts_on, collect(product) AS products,
     collect(charges) AS billed, collect(bill)[0] AS bill
WHERE all(one IN billed WHERE size(one) > 0)
WITH day, subject, agreed, currency, starts_on, products, bill,
     reduce(flat = [], one IN billed | flat + one) AS charges
WITH subject, agreed, currency, products, bill, charges, charges[0].period_from AS month,
     reduce(sum = 0, charge IN charges | sum + charge.amount) AS charged, starts_on
WHERE all(charge IN charges WHERE charge.period_from = month AND charge.currency = currency)
  AND month >= starts_on AND abs(charged - agreed) > 100
  AND NOT (charged < agreed AND any(charge IN charges
    WHERE coalesce(charge.discount_ends_on, month) > month))
OPTIONAL MATCH (bill)-[:ON]->(account:BillingAccount)
OPTIONAL MATCH (agreement:Agreement)-[:HAS_ITEM]->(subject)
WITH subject, agreed, currency, products, charges, month, charged, account, agreement,
     COLLECT {
       UNWIND products AS product
       MATCH (product)-[:REALIZED_BY]->(service:Service)
       RETURN service.name ORDER BY service.name LIMIT 1
     }[0] AS circuit
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [subject, account, agreement] + products AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN CASE WHEN charged < agreed THEN 'billed_below_price' ELSE 'billed_above_price' END AS kind,
       labels(subject)[0] AS subject, subject.id AS subject_id, null AS against_id,
       CASE WHEN size(products) = 1 THEN coalesce(circuit, subject.reference)
            ELSE subject.reference END AS name,
       coalesce(account.party_name, agreement.party_name) AS customer,
       account.id AS account_id, account.reference AS account, month AS since_on,
       [[currency, abs(charged - agreed)]] AS amounts, true AS monthly,
       [CASE WHEN agreement IS NULL THEN 'inventory' ELSE 'contracts' END, 'billing'] AS sides,
       [CASE WHEN agreement IS NULL THEN 'priced ' ELSE 'agreed ' END
          + currency + ' ' + toString(agreed) + ' a month'
          + CASE WHEN size(products) > 1 THEN ' for ' + toString(size(products)) + ' products'
                 ELSE '' END,
        'charged ' + currency + ' ' + toString(charged) + ' for ' + toString(month)] AS says,
       [subject.record, charges[0].record] AS records
ORDER BY subject_id, against_id
