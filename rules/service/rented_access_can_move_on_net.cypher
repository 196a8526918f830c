// Services on rented access where our own network is, while the lease can end. One row per service.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND $today < item.ends_on
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service {access_kind: 'off_net'})
WHERE service.activated_on <= $today AND coalesce(service.ceased_on > $today, true)
  AND service.state = 'active'
  AND coalesce(service.supplier_ends_on <= $today + duration({days: $horizon_days}), true)
WITH service, item, product, account, entity ORDER BY item.ends_on DESC, account.id, entity.id, product.id
WITH service, head(collect(item)) AS item, head(collect(product)) AS product,
     head(collect(account)) AS account, head(collect(entity)) AS entity
MATCH (service)-[:DELIVERED_AT]->(site:Site)
WHERE coalesce(site.on_net_since <= $today, site.on_net) AND coalesce(site.closed_on > $today, true)
WITH service, item, product, account, entity, site ORDER BY site.on_net_since, site.id
WITH service, item, product, account, entity, head(collect(site)) AS site
WHERE coalesce(item.ends_on > service.supplier_ends_on, true)
  // A leg that was rented from another carrier on purpose stays there.
  AND coalesce(service.role, 'primary') = 'primary' AND NOT EXISTS { (service)-[:DIVERSE_FROM]-(:Service) }
  AND NOT EXISTS {
    MATCH (service)<-[acts:DELIVERS|REPLACES]-(order:Order)
    WHERE coalesce(acts.action, 'delete') IN ['modify', 'move', 'delete']
      AND date(order.ordered_at) <= $today
      AND NOT coalesce(order.status, '') IN ['cancelled', 'rejected', 'failed']
      AND (order.completed_at IS NULL OR acts.action = 'delete'
        OR date(order.completed_at) >= site.on_net_since)
  }
OPTIONAL MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
WITH service, item, account, entity, site, min(offering.lead_time_days) AS offered_days
WITH *, coalesce(offered_days, $lead_time_days) AS lead_days,
     service.supplier_ends_on <= $today AS rolls_on
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, item.id AS item_id, site.id AS site_id,
       coalesce(site.name, site.city, site.id) AS site, service.id AS service_id,
       coalesce(service.name, service.id) AS service, site.on_net_since AS on_net_since,
       service.supplier_ends_on AS supplier_ends_on,
       CASE
         WHEN NOT rolls_on THEN service.supplier_ends_on
           - duration({days: coalesce(service.supplier_notice_days, $supplier_notice_days) + lead_days})
         WHEN site.on_net_since > service.supplier_ends_on
           THEN site.on_net_since + duration({days: $answer_days})
         ELSE service.supplier_ends_on + duration({days: $answer_days})
       END AS act_by,
       CASE WHEN service.supplier_cost > 0 AND service.supplier_currency IS NOT NULL
         THEN [[service.supplier_cost * 12, service.supplier_currency]] ELSE [] END AS value,
       CASE WHEN service.supplier_ends_on IS NULL
         THEN 'the day on which the lease of its access ends is unknown' END AS blind_reason
ORDER BY service_id
