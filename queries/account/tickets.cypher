// Tickets on services that were open on a day or opened in the days before it. One row per ticket.
WITH date($valid_on) AS day
MATCH (service:Service)<-[:AFFECTS]-(ticket:TroubleTicket)
WHERE service.id IN $service_ids AND date(ticket.opened_at) <= day
  AND NOT ticket.status IN ['cancelled', 'rejected']
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
