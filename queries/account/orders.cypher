// Orders in flight on a day: for services, or from quotes to companies. One row per order.
WITH date($valid_on) AS day
CALL (day) {
  MATCH (service:Service)<-[:DELIVERS]-(order:Order)
  WHERE service.id IN $service_ids AND ($scope IS NULL OR EXISTS {
    (service)<-[chain:REALIZED_BY|FORMER_REALIZED_BY|GOVERNS|FORMER_GOVERNS|HAS_ITEM
      |PARTY_TO|FORMER_PARTY_TO|PLAYS|FORMER_PLAYS*5]-(:LegalEntity)
      -[:IN_FAMILY {own: true}]->(holder:Account)
    WHERE holder.id IN $scope AND all(fact IN chain
      WHERE coalesce(fact.valid_from <= day AND fact.valid_to > day
        AND fact.recorded_to = datetime('9999-12-31T00:00:00Z'), true))
  } OR EXISTS {
    (service)<-[:REALIZED_BY*0..1]-()<-[:FOR]-(:Charge)<-[:HAS_CHARGE]-(bill:Bill)
      -[:ON]->(:BillingAccount)<-[pays:BILLED_BY|FORMER_BILLED_BY]-(:Customer)
      <-[plays:PLAYS|FORMER_PLAYS]-(:LegalEntity)-[:IN_FAMILY {own: true}]->(holder:Account)
    WHERE holder.id IN $scope AND bill.issued_on <= day
      AND bill.issued_on > day - duration({days: 180}) AND all(fact IN [plays, pays]
        WHERE fact.valid_from <= day AND fact.valid_to > day
          AND fact.recorded_to = datetime('9999-12-31T00:00:00Z'))
  })
  RETURN order
  UNION
  MATCH (entity:LegalEntity)<-[:CONCERNS]-(:Opportunity)<-[:QUOTES]-(:Quote)<-[:FULFILS]-(order:Order)
  WHERE entity.id IN $entity_ids AND ($scope IS NULL OR EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  RETURN order
}
WITH order, day
WHERE NOT coalesce(date(order.completed_at) <= day, false)
  AND coalesce(date(order.ordered_at) <= day, true)
  AND NOT (order.completed_at IS NULL
    AND order.status IN ['completed', 'cancelled', 'rejected', 'failed'])
OPTIONAL MATCH (record:SourceRecord {id: order.record})
RETURN order.id AS order_id, order.reference AS reference, order.status AS status,
       order.stage AS stage, order.stage_since AS stage_since, order.blocker AS blocker,
       order.blocked_since AS blocked_since, date(order.ordered_at) AS ordered_on,
       order.requested_on AS requested_on, order.committed_on AS committed_on,
       coalesce(order.committed_on < day, false) AS is_late,
       COUNT { (order)-[:DELIVERS]->(:Service) } AS service_count, record.system AS source_id
ORDER BY is_late DESC, committed_on, order_id
