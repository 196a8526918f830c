// Tickets on services that were open on a day or opened in the days before it. One row per ticket.
WITH date($valid_on) AS day
MATCH (service:Service)<-[:AFFECTS]-(ticket:TroubleTicket)
WHERE service.id IN $service_ids AND date(ticket.opened_at) <= day
  AND NOT ticket.status IN ['cancelled', 'rejected']
  AND ($scope IS NULL OR EXISTS {
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
WITH ticket, day, count(DISTINCT service) AS service_count, min(service.name) AS service,
     ticket.resolved_at IS NULL AND NOT ticket.status IN ['resolved', 'closed']
       OR coalesce(date(ticket.resolved_at) > day, false) AS is_open
WHERE is_open OR date(ticket.opened_at) > day - duration({days: $days})
OPTIONAL MATCH (record:SourceRecord {id: ticket.record})
RETURN ticket.id AS ticket_id, ticket.reference AS reference, ticket.severity AS severity,
       is_open AS is_open, coalesce(ticket.planned, false) AS is_planned,
       ticket.caused_by AS caused_by, ticket.root_cause AS root_cause,
       ticket.downtime_minutes AS downtime_minutes, service_count AS service_count,
       service AS service, toString(ticket.opened_at) AS opened_at,
       toString(ticket.resolved_at) AS resolved_at, record.system AS source_id
ORDER BY is_open DESC, severity, opened_at, ticket_id
LIMIT $limit
