// Sites that companies of an account moved into, which our network reaches and does not serve. One row per company and site.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
// A legal subsidiary that no account's family names is of the account above it.
MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
  (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (entity:LegalEntity)
WHERE coalesce(entity.ended_on > $today, true)
MATCH (entity)-[there:OCCUPIES]->(site:Site)
WHERE coalesce(there.confidence, 1.0) >= $min_confidence
  AND coalesce(site.opened_on <= $today, true) AND coalesce(site.closed_on > $today, true)
  AND NOT toLower(coalesce(site.kind, '')) IN ['registered office', 'registered_office', 'letterbox']
// Where a source does not say since when, the opening of the site may.
WITH account, entity, site, min(CASE WHEN there.assumed_from IS NULL THEN there.valid_from END) AS moved_in_on
WITH account, entity, site, coalesce(moved_in_on, site.opened_on) AS began_on
WHERE $today - duration({days: $recent_days}) < began_on AND began_on <= $today
  AND COUNT { (site)<-[:OCCUPIES]-(:LegalEntity) } <= $letterbox_companies
  // What came with a company that was bought is not new.
  AND NOT EXISTS {
    MATCH (entity) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
      ()){0,64} (joined:LegalEntity)-[link:PARENT_IN {view: 'legal', controlling: true}]->(buyer:LegalEntity)
    WHERE link.assumed_from IS NULL AND link.valid_from > began_on
      AND EXISTS { (buyer)-[:IN_FAMILY]->(account) }
  }
  AND NOT EXISTS {
    MATCH (entity) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
      ()){0,64} (joined:LegalEntity)<-[:TARGET|PREDECESSOR]-(deal:CorporateEvent {status: 'COMPLETED'})
      -[:ACQUIRER|SUCCESSOR]->(buyer:LegalEntity)
    WHERE began_on < deal.effective_on AND deal.effective_on <= $today
      AND EXISTS { (buyer)-[:IN_FAMILY]->(account) }
  }
  // The same premises may come back under another key or another spelling.
  AND NOT EXISTS {
    MATCH (entity)-[before:OCCUPIES|FORMER_OCCUPIES]->(old:Site)
    WHERE old <> site AND before.valid_from < began_on AND old.country = site.country
      AND (old.building_entry = site.building_entry
        OR point.distance(point({latitude: old.latitude, longitude: old.longitude}),
             point({latitude: site.latitude, longitude: site.longitude})) <= $same_place_m
        OR replace(replace(replace(replace(replace(replace(toLower(old.address), ' ', ''), ',', ''), '.', ''),
             '-', ''), 'straße', 'str'), 'strasse', 'str')
         = replace(replace(replace(replace(replace(replace(toLower(site.address), ' ', ''), ',', ''), '.', ''),
             '-', ''), 'straße', 'str'), 'strasse', 'str'))
  }
  AND NOT EXISTS {
    MATCH (site)<-[:DELIVERED_AT]-(service:Service)
    WHERE (service.state = 'active' AND service.activated_on <= $today
        AND coalesce(service.ceased_on > $today, true)
      OR EXISTS { (service)<-[:DELIVERS]-(order:Order)
        WHERE NOT order.status IN ['completed', 'cancelled', 'rejected', 'failed'] })
      // Another customer's service in the building does not serve this company.
      AND (NOT EXISTS { (service)<-[:REALIZED_BY]-(:Product)<-[:GOVERNS]-(:AgreementItem)<-[:HAS_ITEM]-
          (:Agreement)<-[:PARTY_TO]-(:Customer)<-[:PLAYS]-(:LegalEntity) }
        OR EXISTS { (service)<-[:REALIZED_BY]-(:Product)<-[:GOVERNS]-(:AgreementItem)<-[:HAS_ITEM]-
          (:Agreement)<-[:PARTY_TO]-(:Customer)<-[:PLAYS]-(party:LegalEntity)
          WHERE party = entity OR EXISTS { (party)-[:IN_FAMILY]->(account) } })
  }
  AND NOT EXISTS {
    MATCH (site)<-[:FOR_SITE]-(:QuoteItem)<-[:HAS_LINE]-(quote:Quote)
    WHERE quote.state IN ['pending', 'inProgress', 'approved'] AND coalesce(quote.valid_to > $today, true)
      OR EXISTS { (quote)<-[:FULFILS]-(order:Order)
        WHERE NOT order.status IN ['completed', 'cancelled', 'rejected', 'failed'] }
  }
  AND NOT EXISTS {
    MATCH (opportunity:Opportunity)-[:CONCERNS]->(site)
    WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
      AND NOT toLower(coalesce(opportunity.stage, ''))
        IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
  }
WITH account, entity, site, CASE WHEN site.opened_on > began_on THEN site.opened_on ELSE began_on END AS began_on,
     coalesce(site.on_net_since <= $today, site.on_net, false) AS is_on_net,
     // Of a site without coordinates the city alone says which of ours is near.
     head(CASE WHEN site.latitude IS NULL
       THEN COLLECT { MATCH (site)-[:IN_COUNTRY]->(:Country)<-[:IN_COUNTRY]-(pop:PointOfPresence)
         WHERE pop.city = site.city
         RETURN pop.id ORDER BY pop.id LIMIT 1 }
       ELSE COLLECT { MATCH (site)-[near:NEAR]->(pop:PointOfPresence)
         WHERE near.distance_m <= $reach_m
         RETURN pop.id ORDER BY near.distance_m, pop.id LIMIT 1 } END) AS pop_id
WHERE is_on_net OR pop_id IS NOT NULL OR site.latitude IS NULL
WITH account, site.country AS country, collect([entity, site, began_on, is_on_net, pop_id]) AS found
CALL (account, country) {
  MATCH (account)<-[:IN_FAMILY]-(:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)
    -[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
    -[:DELIVERED_AT]->(served:Site {country: country})
  WHERE service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true) AND product.price > 0
  WITH DISTINCT served, product
  WITH served, product.currency AS currency, sum(product.price) AS monthly
  WITH currency, count(served) AS known, percentileDisc(monthly, 0.5) AS median
  WHERE known >= $estimate_sites
  WITH currency, median ORDER BY known DESC, currency LIMIT 1
  RETURN collect([12 * median, currency]) AS value
}
UNWIND found AS one
WITH account, one[0] AS entity, one[1] AS site, one[2] AS began_on, one[3] AS is_on_net, one[4] AS pop_id, value
RETURN account.id AS account_id, entity.id AS entity_id, site.id AS site_id,
       coalesce(account.name, account.id) AS account, coalesce(entity.name, entity.id) AS entity,
       coalesce(site.city, site.name, site.id) AS city, began_on AS began_on,
       CASE value WHEN [] THEN '' ELSE ' The value is an estimate.' END AS estimated,
       began_on + duration({days: $act_within_days}) AS act_by, value AS value,
       COLLECT { UNWIND [site.id, pop_id] AS id WITH id WHERE id IS NOT NULL RETURN id ORDER BY id LIMIT 2 } AS reach_ids,
       CASE WHEN NOT is_on_net AND pop_id IS NULL THEN 'where the site is is not known' END AS blind_reason
ORDER BY entity_id, site_id
