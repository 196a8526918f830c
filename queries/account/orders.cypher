// Orders in flight on a day: for services, or from quotes to companies. One row per order.
WITH date($valid_on) AS day
CALL {
  MATCH (service:Service)<-[:DELIVERS]-(order:Order) WHERE service.id IN $service_ids
  RETURN order
  UNION
  MATCH (entity:LegalEntity)<-[:CONCERNS]-(:Opportunity)<-[:QUOTES]-(:Quote)<-[:FULFILS]-(order:Order)
  WHERE entity.id IN $entity_ids
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
