// Companies bought into an account's family that have sites in reach of our network and take nothing from us there. One row per account and company.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
// A legal subsidiary that no account's family names is of the account above it.
MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
  (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (buyer:LegalEntity)
CALL (buyer) {
  MATCH (buyer)<-[:ACQUIRER|SUCCESSOR]-(event:CorporateEvent)-[:TARGET|PREDECESSOR]->(target:LegalEntity)
  WHERE event.type IN ['MERGERS_AND_ACQUISITIONS', 'ABSORPTION', 'ACQUISITION_BRANCH']
    AND target <> buyer
    AND (event.status = 'COMPLETED' AND coalesce(event.effective_on <= $today, true)
      OR $include_announced AND event.status = 'IN_PROGRESS')
    // Shares without control are no acquisition.
    AND (EXISTS { (buyer)<-[:PARENT_IN {view: 'legal', controlling: true}]-(target) }
      OR NOT EXISTS { (buyer)-[owns:OWNS]->(target)
        WHERE coalesce(owns.share, owns.share_high) < $control_share })
  RETURN target, event, event.status = 'COMPLETED' AS is_done, null AS began_on
  UNION ALL
  MATCH (buyer)<-[began:PARENT_IN {view: 'legal', controlling: true}]-(target:LegalEntity)
  WHERE began.cut IS NULL AND began.assumed_from IS NULL AND began.valid_from <= $today
    AND began.valid_from > $today - duration({days: $recent_days})
    // What the parent registered or founded itself was bought from nobody.
    AND coalesce(target.category, 'GENERAL') <> 'BRANCH'
    AND coalesce(target.created_on < began.valid_from - duration({days: $founded_days}), true)
  RETURN target, null AS event, true AS is_done, began.valid_from AS began_on
}
WITH account, target, collect(DISTINCT buyer) AS buyers, collect(DISTINCT event.id) AS events,
     max(event.effective_on) AS told_on, min(began_on) AS began_on,
     max(coalesce(event.recorded_on, event.announced_on)) AS noted_on, max(is_done) AS is_done
WITH account, target, buyers, events, is_done, coalesce(told_on, began_on) AS effective_on,
     coalesce(told_on, began_on, noted_on, $today) AS since
WHERE since > $today - duration({days: $recent_days})
CALL (target, since) {
  MATCH (target) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(above) AS above_target
}
CALL (buyers, since) {
  UNWIND buyers AS buyer
  MATCH (buyer) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(DISTINCT above) AS above_buyers
}
WITH * WHERE none(above IN above_target WHERE above IN above_buyers)
CALL (target) {
  MATCH (target) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
    ()){0,64} (company:LegalEntity)
  RETURN collect(DISTINCT company) AS companies
}
CALL (account, companies) {
  UNWIND companies AS company
  MATCH (company)-[:OCCUPIES]->(site:Site)
  WHERE coalesce(site.closed_on > $today, true) AND coalesce(site.opened_on <= $today, true)
    AND NOT toLower(coalesce(site.kind, '')) IN ['registered office', 'registered_office', 'letterbox']
  WITH DISTINCT site, account, companies
  WHERE NOT EXISTS {
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
          WHERE party IN companies OR EXISTS { (party)-[:IN_FAMILY]->(account) } })
  } AND NOT EXISTS {
    (site)<-[:FOR_SITE]-(:QuoteItem)<-[:HAS_LINE]-(:Quote)<-[:FULFILS]-(order:Order)
    WHERE NOT order.status IN ['completed', 'cancelled', 'rejected', 'failed']
  }
  WITH site, coalesce(site.on_net_since <= $today, site.on_net, false) AS is_on_net,
       // Of a site without coordinates the city alone says which of ours is near.
       head(CASE WHEN site.latitude IS NULL
         THEN COLLECT { MATCH (site)-[:IN_COUNTRY]->(:Country)<-[:IN_COUNTRY]-(pop:PointOfPresence)
           WHERE pop.city = site.city
           RETURN pop.id ORDER BY pop.id LIMIT 1 }
         ELSE COLLECT { MATCH (site)-[near:NEAR]->(pop:PointOfPresence)
           WHERE near.distance_m <= $reach_m
           RETURN pop.id ORDER BY near.distance_m, pop.id LIMIT 1 } END) AS pop_id
  ORDER BY site.id
  RETURN collect(CASE WHEN is_on_net OR pop_id IS NOT NULL THEN site END) AS sites,
         collect(DISTINCT pop_id) AS pops,
         collect(CASE WHEN NOT is_on_net AND pop_id IS NULL AND site.latitude IS NULL THEN site END)
           AS unplaced
}
WITH * WHERE sites <> [] OR unplaced <> []
CALL (account, sites) {
  UNWIND sites AS site
  WITH account, site.country AS country, count(site) AS reached
  MATCH (account)<-[:IN_FAMILY]-(:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)
    -[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
    -[:DELIVERED_AT]->(served:Site {country: country})
  WHERE service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true) AND product.price > 0
  WITH DISTINCT country, reached, served, product
  WITH country, reached, served, product.currency AS currency, sum(product.price) AS monthly
  WITH country, reached, currency, count(served) AS known, percentileDisc(monthly, 0.5) AS median
  WHERE known >= $estimate_sites
  // A country counts once, in the currency that most of its sites are priced in.
  WITH country, reached, currency, median ORDER BY country, known DESC, currency
  WITH country, reached, head(collect([currency, median])) AS priced
  WITH priced[0] AS currency, sum(12 * priced[1] * reached) AS amount ORDER BY currency
  RETURN collect([amount, currency]) AS value
}
RETURN account.id AS account_id, target.id AS target_id, target.id AS entity_id,
       coalesce(account.name, account.id) AS account, coalesce(target.name, target.id) AS target,
       CASE WHEN is_done THEN 'has acquired' ELSE 'is to acquire' END AS deed, size(sites) AS sites,
       effective_on AS effective_on, effective_on + duration({days: $act_within_days}) AS act_by,
       value AS value, COLLECT {
         UNWIND events + [buyer IN buyers[..50] | buyer.id] AS id RETURN id ORDER BY id LIMIT 50
       } AS deal_ids,
       COLLECT {
         UNWIND pops[..10] + [site IN (sites + unplaced)[..40] | site.id] AS id RETURN id ORDER BY id LIMIT 50
       } AS reach_ids,
       CASE WHEN sites = [] THEN 'where ' + size(unplaced) + ' of its sites are is not known'
            WHEN effective_on IS NULL THEN 'the day on which the deal took effect is not known'
       END AS blind_reason
ORDER BY account_id, target_id
