// Companies whose headquarters moves to another city while their services stay where it was. One row per company and new site.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)<-[:SUBJECT]-(event:CorporateEvent {type: 'CHANGE_HQ_ADDRESS'})
WHERE event.status IN ['IN_PROGRESS', 'COMPLETED'] AND entity.hq_city IS NOT NULL
  AND (event.effective_on > $today - duration({days: $recent_days})
    OR event.recorded_on > $today - duration({days: $recent_days}))
WITH account, entity, event, coalesce(event.effective_on, event.recorded_on) AS since,
     toLower(trim(entity.hq_city)) AS new_place
ORDER BY since DESC, event.id
WITH account, entity, new_place, head(collect(event)) AS event, head(collect(since)) AS since
CALL (account, entity, new_place, since) {
  MATCH (entity)-[there:OCCUPIES]->(old:Site)<-[:DELIVERED_AT]-(service:Service)
  WHERE toLower(trim(old.city)) <> new_place
    AND (there.assumed_from OR there.valid_from < since) AND coalesce(old.closed_on > $today, true)
    AND service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true)
    AND NOT EXISTS { (service)<-[:DELIVERS {action: 'move'}]-(:Order {status: 'completed'}) }
    // Another customer's service in the building is not this company's.
    AND (NOT EXISTS { (service)<-[:REALIZED_BY]-(:Product)<-[:GOVERNS]-(:AgreementItem)<-[:HAS_ITEM]-
        (:Agreement)<-[:PARTY_TO]-(:Customer)<-[:PLAYS]-(:LegalEntity) }
      OR EXISTS { (service)<-[:REALIZED_BY]-(:Product)<-[:GOVERNS]-(:AgreementItem)<-[:HAS_ITEM]-
        (:Agreement)<-[:PARTY_TO]-(:Customer)<-[:PLAYS]-(party:LegalEntity)
        WHERE party = entity OR EXISTS { (party)-[:IN_FAMILY]->(account) } })
  // No source keeps the headquarters of before: what names it is asked from the surest on.
  WITH old.city AS old_city, collect(DISTINCT old) AS old_sites, collect(DISTINCT service) AS services,
       min(CASE WHEN EXISTS { (entity)-[:HEADQUARTERED_AT|FORMER_HEADQUARTERED_AT]->(old) } THEN 0
         WHEN old.kind = 'headquarters' THEN 1
         WHEN toLower(entity.legal_address) CONTAINS toLower(old.city) THEN 2 ELSE 3 END) AS doubt
  ORDER BY doubt, old_city
  WITH collect([old_city, old_sites, services, doubt]) AS cities
  WHERE cities <> []
  RETURN cities[0][0] AS old_city, cities[0][1] AS old_sites, cities[0][2] AS services,
         cities[0][3] = 3 AND size(cities) > 1 AS is_unsure
}
CALL (entity, new_place, since) {
  MATCH (entity)-[there:OCCUPIES]->(new:Site)
  WHERE toLower(trim(new.city)) = new_place AND there.assumed_from IS NULL
    AND there.valid_from > since - duration({days: $confirm_days}) AND there.valid_from <= $today
  WITH new ORDER BY new.id
  RETURN collect(new.id) AS new_sites
}
CALL (services, since) {
  UNWIND services AS service
  MATCH (service)<-[:DELIVERS {action: 'move'}]-(order:Order)
  WHERE NOT order.status IN ['cancelled', 'rejected', 'failed']
    AND date(order.ordered_at) > since - duration({days: $confirm_days})
  RETURN collect(DISTINCT order.id) AS orders
}
CALL (entity, new_place) {
  MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)-[:CONCERNS]->(there:Site)
  WHERE toLower(trim(there.city)) = new_place
    AND (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
    AND NOT toLower(coalesce(opportunity.stage, ''))
      IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
  RETURN collect(DISTINCT opportunity.id) AS opportunities
}
WITH *, new_sites + orders + opportunities AS confirmed
WHERE confirmed <> []
// Any place of the new city says how far it is; where none has coordinates, the name alone counts.
CALL (entity, new_place, old_sites) {
  OPTIONAL MATCH (:Country {code: entity.hq_country})<-[:IN_COUNTRY]-(place:Site|PointOfPresence)
  WHERE toLower(trim(place.city)) = new_place AND place.latitude IS NOT NULL
  WITH old_sites, place ORDER BY place.id LIMIT 1
  UNWIND old_sites AS old
  RETURN min(point.distance(point({latitude: old.latitude, longitude: old.longitude}),
    point({latitude: place.latitude, longitude: place.longitude}))) AS distance_m
}
WITH * WHERE coalesce(distance_m > $min_distance_m, true)
CALL (services) {
  UNWIND services AS service
  MATCH (service)<-[:REALIZED_BY]-(product:Product)
  WITH DISTINCT product
  OPTIONAL MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
  RETURN collect(DISTINCT product) AS products, max(offering.lead_time_days) AS lead_days
}
CALL (products) {
  UNWIND products AS product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN currency, annual ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
RETURN account.id AS account_id, entity.id AS entity_id,
       coalesce(new_sites[0], coalesce(entity.hq_country, '') + '/' + new_place) AS new_site_id,
       coalesce(account.name, account.id) AS account, coalesce(entity.name, entity.id) AS entity,
       old_city AS old_city, entity.hq_city AS new_city, size(services) AS services,
       coalesce(event.effective_on - duration({days: coalesce(lead_days, $lead_days)}),
         event.recorded_on + duration({days: $act_within_days})) AS act_by,
       value AS value, event.id AS event_id,
       COLLECT { UNWIND confirmed AS id RETURN id ORDER BY id LIMIT 50 } AS confirm_ids,
       COLLECT { UNWIND old_sites AS old RETURN old.id AS id ORDER BY id LIMIT 50 } AS old_site_ids,
       COLLECT { UNWIND services AS service RETURN service.id AS id ORDER BY id LIMIT 50 } AS service_ids,
       CASE WHEN is_unsure THEN 'which of its cities the headquarters leaves is not known' END AS blind_reason
ORDER BY entity_id, new_site_id
