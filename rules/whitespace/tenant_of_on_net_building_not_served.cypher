// Companies in buildings on our network that buy nothing from us there. One row per company and site.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[there:OCCUPIES]->(site:Site)
WHERE coalesce(site.on_net_since <= $today, site.on_net, false)
  AND coalesce(site.opened_on <= $today, true)
  AND coalesce(site.closed_on > $today + duration({days: $closing_days}), true)
  AND NOT toLower(coalesce(site.kind, '')) IN ['registered office', 'registered_office', 'letterbox']
  AND coalesce(entity.ended_on > $today, true)
WITH account, entity, site, max(coalesce(there.confidence, 1.0)) AS confidence,
     min(CASE WHEN there.assumed_from IS NULL THEN there.valid_from END) AS moved_in_on,
     min(date(there.recorded_from)) AS seen_on
WHERE COUNT { (site)<-[:OCCUPIES]-(:LegalEntity) } <= $letterbox_companies
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
          WHERE EXISTS { (party)-[:IN_FAMILY {view: 'commercial'}]->(account) } })
  }
  AND NOT EXISTS {
    MATCH (site)<-[:FOR_SITE]-(:QuoteItem)<-[:HAS_LINE]-(quote:Quote)
    WHERE (quote.state IN ['pending', 'inProgress', 'approved'] AND coalesce(quote.valid_to > $today, true)
        OR EXISTS { (quote)<-[:FULFILS]-(order:Order)
          WHERE NOT order.status IN ['completed', 'cancelled', 'rejected', 'failed'] })
      AND (NOT EXISTS { (quote)-[:QUOTES]->(:Opportunity)-[:CONCERNS]->(:LegalEntity) }
        OR EXISTS { (quote)-[:QUOTES]->(:Opportunity)-[:CONCERNS]->(:LegalEntity)
          -[:IN_FAMILY {view: 'commercial'}]->(account) })
  }
  AND NOT EXISTS {
    MATCH (opportunity:Opportunity)-[:CONCERNS]->(site)
    WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
      AND NOT toLower(coalesce(opportunity.stage, ''))
        IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
      AND (NOT EXISTS { (opportunity)-[:CONCERNS]->(:LegalEntity) }
        OR EXISTS { (opportunity)-[:CONCERNS]->(:LegalEntity)-[:IN_FAMILY {view: 'commercial'}]->(account) })
  }
  // What is being sold to the company without a word on where may be for here.
  AND NOT EXISTS {
    MATCH (opportunity:Opportunity)-[:CONCERNS]->(entity)
    WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
      AND NOT toLower(coalesce(opportunity.stage, ''))
        IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
      AND NOT EXISTS { (opportunity)-[:CONCERNS]->(:Site|AgreementItem|Agreement|Product) }
  }
CALL (account, site) {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->
    (:Agreement)-[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->
    (service:Service)-[:DELIVERED_AT]->(served:Site)
  WHERE served.country = site.country AND product.price > 0
    AND service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true)
  WITH DISTINCT served, product
  WITH served, product.currency AS currency, sum(product.price) AS monthly
  WITH currency, count(served) AS known, percentileDisc(monthly, 0.5) AS median
  WHERE known >= $estimate_sites
  WITH currency, median ORDER BY known DESC, currency LIMIT 1
  RETURN collect([12 * median, currency]) AS value
}
CALL (entity, site) {
  OPTIONAL MATCH (site)<-[:CONCERNS]-(lost:Opportunity)-[:CONCERNS]->(entity)
  WHERE lost.lost_on <= $today AND lost.competitor_ends_on > $today
  WITH lost ORDER BY lost.lost_on DESC, lost.id LIMIT 1
  RETURN lost.competitor_ends_on AS rival_ends_on
}
WITH *, CASE WHEN site.on_net_since > moved_in_on OR moved_in_on IS NULL
             THEN coalesce(site.on_net_since, site.opened_on, seen_on) ELSE moved_in_on END AS since
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, coalesce(entity.name, entity.id) AS entity, site.id AS site_id,
       coalesce(site.name, site.address, site.id) AS site,
       CASE value WHEN [] THEN '' ELSE ' The value is an estimate.' END AS estimated,
       coalesce(rival_ends_on - duration({days: $rival_notice_days}),
         since + duration({days: $offer_days})) AS act_by, value AS value,
       CASE WHEN confidence < $min_confidence
            THEN 'it is not sure enough that the company is there' END AS blind_reason
ORDER BY entity_id, site_id
