// Critical sites whose services all hang on one access that was cut before. One row per company and site.
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
MATCH (service)-[:DELIVERED_AT]->(site:Site {tier: $critical_tier})
WHERE coalesce(site.closed_on > $today + duration({days: $closing_days}), true)
OPTIONAL MATCH (service)<-[:REALIZED_BY]-(:Product)-[:OF_OFFERING]->(offering:ProductOffering)
WITH account, site, entity, service, min(offering.family) AS family
ORDER BY entity.id, service.id
WITH account, site, head(collect(entity)) AS entity,
     collect(CASE WHEN service.access_kind IS NOT NULL OR service.access_path IS NOT NULL
       THEN service END)[..200] AS services, collect(DISTINCT family)[..50] AS families
WITH account, site, entity, families, services,
     COLLECT { UNWIND services AS one WITH DISTINCT one.access_path AS path
       WHERE path IS NOT NULL RETURN path ORDER BY path LIMIT 50 } AS paths
// What comes by air or from space needs no line.
WHERE size(services) > 0 AND size(paths) <= 1
  AND none(family IN families WHERE toLower(family) IN ['mobile', 'wireless', 'satellite'])
  AND NOT EXISTS {
    MATCH (site)<-[:DELIVERED_AT]-(coming:Service)<-[delivers:DELIVERS]-(order:Order)
    WHERE delivers.action IN ['add', 'modify', 'move'] AND date(order.ordered_at) <= $today
      AND NOT coalesce(order.status, '') IN ['completed', 'cancelled', 'rejected', 'failed']
  }
CALL (account, site, entity) {
  OPTIONAL MATCH (occupant:LegalEntity)-[:OCCUPIES]->(site)
  WHERE EXISTS { (occupant)-[:IN_FAMILY {view: 'commercial', nearest: true}]->(account) }
  WITH occupant, entity ORDER BY occupant.id LIMIT 1
  RETURN coalesce(occupant, entity) AS company
}
CALL (services) {
  UNWIND services AS service
  MATCH (service)<-[:AFFECTS]-(ticket:TroubleTicket)
  WHERE datetime({date: $today - duration({days: $outage_days})}) <= ticket.opened_at
    AND ticket.opened_at < datetime({date: $today})
    AND toLower(ticket.severity) IN ['1', '2', 'critical', 'major']
    AND NOT coalesce(ticket.planned, false)
  AND NOT coalesce(ticket.status, '') IN ['cancelled', 'rejected']
  AND NOT toLower(coalesce(ticket.caused_by, '')) IN ['customer', 'nobody']
  AND NOT toLower(coalesce(ticket.root_cause, '')) IN ['no_fault_found', 'no fault found', 'nff']
  WITH DISTINCT ticket ORDER BY ticket.opened_at DESC, ticket.id
  RETURN collect(ticket)[..50] AS outages
}
WITH *, size(services) > 1 AND any(one IN services WHERE one.access_path IS NULL) AS is_blind
WHERE size(outages) > 0 OR NOT $require_outage
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
CALL (services, site, value) {
  UNWIND services AS service
  MATCH (service)<-[:REALIZED_BY]-(:Product)-[:OF_OFFERING]->(:ProductOffering)
    <-[:PRICES]-(price:PriceRule {kind: 'recurring'})
  WHERE coalesce(price.country = site.country, true) AND price.list_amount > 0
    AND coalesce(price.valid_from <= $today, true) AND coalesce(price.valid_to > $today, true)
    AND any(paid IN value WHERE paid[1] = price.currency)
  WITH price.currency AS currency, min(price.list_amount) * 12 AS second ORDER BY currency
  RETURN collect([second, currency]) AS second_access
}
WITH *, [one IN outages | one.id] AS outage_ids
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       company.id AS entity_id, site.id AS site_id, coalesce(site.name, site.city, site.id) AS site,
       date(outages[0].opened_at) AS outage_on, [one IN services | one.id][..50] AS service_ids,
       COLLECT { UNWIND outage_ids AS id RETURN id ORDER BY id LIMIT 50 } AS ticket_ids,
       CASE WHEN NOT is_blind THEN coalesce(date(coalesce(outages[0].resolved_at, outages[0].opened_at)),
         COLLECT { UNWIND services AS one RETURN one.activated_on ORDER BY one.activated_on DESC LIMIT 1 }[0])
         + duration({days: $answer_days}) END AS act_by,
       second_access AS value,
       CASE WHEN is_blind THEN 'through which access some of its services run is unknown' END AS blind_reason
ORDER BY entity_id, site_id
