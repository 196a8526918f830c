// What each of these companies has in service on a day, by contract or lately paid for, and what its accounts were billed without tax in the whole month before, in columns of one length. One row per set of companies.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
UNWIND $entity_ids AS entity_id
MATCH (entity:LegalEntity {id: entity_id})
WHERE $scope IS NULL OR EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope }
CALL (entity, day, open) {
  CALL (entity, day, open) {
    MATCH (entity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
      -[bound:PARTY_TO|FORMER_PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
      -[governs:GOVERNS|FORMER_GOVERNS]->(had:Product)
    WHERE all(fact IN [plays, bound, governs]
      WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open
        AND fact.planned IS NULL)
    RETURN had
    UNION
    MATCH (entity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
      -[pays:BILLED_BY|FORMER_BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
    WHERE all(fact IN [plays, pays]
        WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open)
      AND bill.issued_on <= day AND bill.issued_on > day - duration({days: $billed_within_days})
    MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(had:Product|Service)
    RETURN had
  }
  CALL (had, day, open) {
    WITH had WHERE had:Service
    RETURN had AS service
    UNION
    MATCH (had)-[real:REALIZED_BY|FORMER_REALIZED_BY]->(service:Service)
    WHERE had:Product AND real.valid_from <= day AND real.valid_to > day
      AND real.recorded_to = open AND real.planned IS NULL
    RETURN service
  }
  WITH DISTINCT service, day
  WHERE service.activated_on <= day AND coalesce(service.ceased_on > day, true)
  RETURN collect(service.id) AS service_ids
}
CALL (entity, day, open) {
  MATCH (entity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
    -[pays:BILLED_BY|FORMER_BILLED_BY]->(account:BillingAccount)
  WHERE all(fact IN [plays, pays]
    WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open)
  WITH DISTINCT account, date.truncate('month', day) AS month
  MATCH (account)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on < month AND bill.issued_on >= month - duration({months: 1})
  WITH account, coalesce(bill.currency, account.currency, '') AS currency,
       sum(bill.amount - coalesce(bill.tax_amount, 0)) AS amount
  RETURN collect([account.id, currency, amount]) AS billed
}
WITH entity, service_ids, billed ORDER BY entity.id
RETURN collect(entity.id) AS ids, collect(service_ids) AS service_ids, collect(billed) AS billed
ORDER BY ids[0]
