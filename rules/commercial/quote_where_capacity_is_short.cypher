// Open quotes for sites whose points of presence are full until after the promised day. One row per quote and site.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)<-[:QUOTES]-(version:Quote)
WHERE coalesce(version.created_on <= $today, true)
WITH opportunity, version, account, entity ORDER BY account.id, entity.id
WITH opportunity, version, head(collect(account)) AS account, head(collect(entity)) AS entity
ORDER BY coalesce(toInteger(version.version), 0), version.created_on, version.id
WITH opportunity, coalesce(version.number, version.id) AS number, account, entity,
     collect(version) AS versions
WITH number, account, entity, head(versions) AS first, last(versions) AS quote
WHERE quote.state IN ['pending', 'inProgress', 'approved']
  AND (quote.valid_to IS NULL OR quote.valid_to > $today)
MATCH (quote)-[:HAS_LINE]->(line:QuoteItem)-[:FOR_SITE]->(site:Site)
WHERE coalesce(line.action, 'add') IN ['add', 'modify'] AND line.promised_on IS NOT NULL
OPTIONAL MATCH (line)-[:FOR_OFFERING]->(offering:ProductOffering)
WITH number, account, entity, first, quote, site, line, line.bandwidth_mbps - CASE line.action
       WHEN 'modify' THEN coalesce(head(COLLECT {
         MATCH (site)<-[:DELIVERED_AT]-(service:Service)<-[:REALIZED_BY]-(:Product)-[:OF_OFFERING]->(offering)
         WHERE service.state = 'active' AND service.activated_on <= $today
           AND coalesce(service.ceased_on > $today, true)
         RETURN coalesce(service.bandwidth_mbps, 0.0) AS had ORDER BY had DESC LIMIT 1
       }), 0.0) ELSE 0.0 END AS added
ORDER BY line.id
WITH number, account, entity, first, quote, site, min(line.promised_on) AS promised_on,
     collect(DISTINCT line.id)[..50] AS quote_item_ids, max(line.currency) AS currency,
     sum(12 * line.price) AS annual, sum(CASE WHEN added > 0 THEN added ELSE 0.0 END) AS added
WHERE added > 0
CALL (site) {
  MATCH (site)-[near:NEAR]->(pop:PointOfPresence)
  WHERE near.distance_m <= $reach_m
  RETURN pop, near.distance_m AS distance_m
  UNION
  // Where a site is not placed on the map, its city decides.
  MATCH (site)-[:IN_COUNTRY]->(:Country)<-[:IN_COUNTRY]-(pop:PointOfPresence {city: site.city})
  WHERE site.latitude IS NULL OR site.longitude IS NULL
  RETURN pop, null AS distance_m
}
WITH *, coalesce(pop.relief_on <= promised_on, false) AS has_relief,
     coalesce(pop.operating_status, '') IN ['degraded', 'limited', 'failed']
       OR (pop.committed_mbps + added) > $full_share * pop.capacity_mbps AS is_full
ORDER BY distance_m, pop.id
WITH number, account, entity, first, quote, site, promised_on, quote_item_ids, currency, annual,
     collect(pop) AS pops, min(pop.relief_on) AS relief_on,
     collect(CASE WHEN is_full AND NOT has_relief THEN pop END) AS full,
     count(CASE WHEN is_full IS NULL AND NOT has_relief THEN 1 END) AS unknown
WHERE size(full) + unknown = size(pops)
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account, first.id AS quote_id,
       site.id AS site_id, entity.id AS entity_id, number AS number,
       coalesce(site.name, site.id) AS site, promised_on AS promised_on,
       coalesce(full[0].name, full[0].id) AS pop,
       coalesce(relief_on, 'a day that nobody has set') AS relief_on, quote.id AS version_id,
       quote_item_ids AS quote_item_ids,
       COLLECT { UNWIND pops AS pop RETURN pop.id AS id ORDER BY id LIMIT 50 } AS pop_ids,
       coalesce(quote.valid_to, promised_on) - duration({days: $approval_days}) AS act_by,
       CASE WHEN annual > 0 AND currency IS NOT NULL THEN [[annual, currency]] ELSE [] END AS value,
       CASE WHEN unknown > 0 THEN 'the capacity of a point of presence is not known' END AS blind_reason
ORDER BY quote_id, site_id
