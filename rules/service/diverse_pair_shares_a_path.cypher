// Services that are sold as diverse and run through one place. One row per pair.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
    -[:GOVERNS]->(product:Product)
  RETURN product, max(coalesce(item.ends_on, date('9999-12-31'))) AS covered_to
  UNION
  // What no contract governs belongs to who pays for it.
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  WHERE bill.issued_on > $today - duration({months: 3})
  MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(product:Product)
  WHERE NOT EXISTS { (:AgreementItem)-[:GOVERNS]->(product) }
  RETURN DISTINCT product, date('0001-01-01') AS covered_to
}
MATCH (product)-[:REALIZED_BY]->(service:Service)
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
WITH service, account, entity ORDER BY covered_to DESC, account.id, entity.id
WITH service, head(collect(account)) AS account, head(collect(entity)) AS entity
MATCH (service)-[diverse:DIVERSE_FROM]-(other:Service)
WHERE other.activated_on <= $today AND coalesce(other.ceased_on > $today, true) AND other.state = 'active'
WITH account, entity,
     CASE WHEN service.id < other.id THEN service ELSE other END AS service,
     CASE WHEN service.id < other.id THEN other ELSE service END AS other
ORDER BY account.id, entity.id
WITH service, other, head(collect(account)) AS account, head(collect(entity)) AS entity
CALL (service, other) {
  MATCH (service)-[one:ROUTED_VIA]->(pop:PointOfPresence)<-[two:ROUTED_VIA]-(other)
  WHERE one.valid_from <= $today AND two.valid_from <= $today
  WITH pop, CASE WHEN one.valid_from > two.valid_from THEN one.valid_from ELSE two.valid_from END AS since
  WITH pop, max(since) AS since ORDER BY since, pop.id
  RETURN collect([pop, since])[..50] AS shared_pops
}
WITH *, CASE WHEN service.access_path = other.access_path THEN service.access_path END AS shared_access,
     EXISTS { (service)-[:ROUTED_VIA]->(:PointOfPresence) }
       AND EXISTS { (other)-[:ROUTED_VIA]->(:PointOfPresence) } AS is_routed,
     // Work that is planned may lead both over one path for a few days.
     EXISTS {
       UNWIND [service, other] AS one
       MATCH (one)<-[:AFFECTS]-(ticket:TroubleTicket {planned: true})
       WHERE ticket.opened_at < datetime({date: $today}) + duration({days: 1})
         AND coalesce(ticket.resolved_at >= datetime({date: $today}), true)
     } AS is_worked_on
WITH *, [one IN shared_pops WHERE NOT is_worked_on
  OR one[1] <= $today - duration({days: $work_days})] AS lasting_pops
WHERE size(lasting_pops) > 0 OR shared_access IS NOT NULL OR NOT is_routed
CALL (service, other) {
  OPTIONAL MATCH (service)-[:DELIVERED_AT]->(site:Site)
  WITH service, other, site, EXISTS { (other)-[:DELIVERED_AT]->(site) } AS is_common
  ORDER BY is_common DESC, site.id
  RETURN head(collect(site)) AS site
}
WITH *, [service, other] AS services,
     CASE WHEN size(lasting_pops) > 0 OR shared_access IS NOT NULL THEN false ELSE true END AS is_blind
CALL (services) {
  UNWIND services AS service
  MATCH (service)<-[:REALIZED_BY]-(product:Product)
  WITH DISTINCT product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND coalesce(bill.period_to, bill.issued_on) <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to).months AS months
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount * 12 / CASE WHEN months > 1 THEN months ELSE 1 END) AS annual
    ORDER BY billed_to DESC, currency LIMIT 1
    RETURN currency, annual
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, site.id AS site_id, coalesce(site.name, site.city, site.id) AS site,
       service.id AS service_id, other.id AS other_service_id,
       [one IN lasting_pops | coalesce(one[0].name, one[0].id)]
         + [one IN [shared_access] WHERE one IS NOT NULL | 'the access ' + one] AS shared,
       [one IN lasting_pops | one[0].id][..50] AS pop_ids,
       CASE WHEN NOT is_blind THEN coalesce(lasting_pops[0][1],
         CASE WHEN service.activated_on > other.activated_on THEN service.activated_on
           ELSE other.activated_on END) + duration({days: $answer_days}) END AS act_by,
       value AS value, CASE WHEN is_blind THEN 'the route of one of the two is unknown' END AS blind_reason
ORDER BY service_id, other_service_id
