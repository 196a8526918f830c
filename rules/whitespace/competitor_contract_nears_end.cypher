// Sites where we lost to a competitor whose contract now nears its end. One row per company and site.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
WHERE coalesce(entity.ended_on > $today, true)
MATCH (entity)<-[:CONCERNS]-(lost:Opportunity)-[:CONCERNS]->(site:Site)
WHERE lost.lost_on <= $today AND lost.competitor_ends_on IS NOT NULL
  AND coalesce(site.closed_on > $today, true)
WITH DISTINCT account, entity, site, lost ORDER BY lost.lost_on DESC, lost.competitor_ends_on DESC, lost.id
WITH account, entity, site, head(collect(lost)) AS lost
WHERE $today < lost.competitor_ends_on <= $today + duration({days: $horizon_days})
  AND lost.lost_on >= $today - duration({months: $noted_months})
  AND EXISTS { (entity)-[:OCCUPIES]->(site) }
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
    MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)
    WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
      AND NOT toLower(coalesce(opportunity.stage, ''))
        IN ['lost', 'closed lost', 'deleted']
      // One that was won is as good as ours; one that names no site may be for here.
      AND (EXISTS { (opportunity)-[:CONCERNS]->(site) }
        AND coalesce(opportunity.stage_since >= lost.lost_on, opportunity.close_on >= lost.lost_on, true)
        OR NOT toLower(coalesce(opportunity.stage, '')) IN ['won', 'closed won']
        AND NOT EXISTS { (opportunity)-[:CONCERNS]->(:Site|AgreementItem|Agreement|Product) })
  }
CALL (lost) {
  OPTIONAL MATCH (lost)<-[:QUOTES]-(quote:Quote)
  WHERE quote.amount IS NOT NULL AND quote.currency IS NOT NULL
  WITH lost, quote ORDER BY quote.created_on DESC, quote.id LIMIT 1
  RETURN quote.id AS quote_id, CASE WHEN quote IS NOT NULL THEN [[12 * quote.amount, quote.currency]]
         WHEN lost.amount > 0 AND lost.currency IS NOT NULL THEN [[lost.amount, lost.currency]]
         ELSE [] END AS value
}
CALL (lost) {
  OPTIONAL MATCH (lost)-[:CONCERNS]->(offering:ProductOffering)
  RETURN coalesce(max(offering.lead_time_days), $assumed_lead_days) AS lead_days
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, coalesce(entity.name, entity.id) AS entity, site.id AS site_id,
       coalesce(site.name, site.address, site.id) AS site,
       coalesce(lost.competitor, 'A competitor') AS competitor, lost.competitor_ends_on AS ends_on,
       lost.lost_on AS noted_on, lost.id AS opportunity_id, quote_id AS quote_id,
       lost.competitor_ends_on - duration({days: $rival_notice_days + lead_days}) AS act_by,
       value AS value
ORDER BY entity_id, site_id
