// Contract lines that end soon and cost far more than the market pays. One row per item.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND $today < item.ends_on <= $today + duration({days: $horizon_days})
  AND NOT EXISTS {
    MATCH (item)<-[:RENEWS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today
      AND next.starts_on <= item.ends_on + duration({days: $renewed_within_days})
  }
WITH item, agreement, account, entity ORDER BY account.id, entity.id, agreement.id
WITH item, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity
MATCH (item)-[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
WHERE service.state = 'active' AND service.activated_on <= $today
  AND coalesce(service.ceased_on > $today, true)
  AND product.bundle IS NULL AND coalesce(product.next_price_on < $today, true)
  AND ($compare_rented OR coalesce(service.access_kind, '') <> 'off_net')
  AND NOT EXISTS {
    MATCH (product)<-[:GOVERNS|PLANNED_GOVERNS]-(next:AgreementItem)<-[:HAS_ITEM]-(signed:Agreement)
    WHERE signed.signed_on <= $today AND next.ends_on > item.ends_on
      AND next.starts_on <= item.ends_on + duration({days: $renewed_within_days})
  }
  AND NOT EXISTS {
    MATCH (service)<-[:DELIVERS {action: 'delete'}]-(order:Order)
    WHERE date(order.ordered_at) <= $today AND NOT order.status IN ['rejected', 'cancelled', 'failed']
  }
WITH item, agreement, account, entity, product, service ORDER BY service.id
WITH item, agreement, account, entity, product, head(collect(service)) AS service
CALL (product) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
  WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
  WITH bill.period_to AS billed_to, charge.currency AS currency,
       sum(charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS monthly, min(bill.id) AS bill_id
  RETURN currency, monthly, bill_id ORDER BY billed_to DESC, currency LIMIT 1
}
CALL (product, service, item, currency) {
  MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)<-[:PRICES]-(index:PriceIndex)
  MATCH (service)-[:DELIVERED_AT]->(site:Site)
  WHERE index.currency = currency AND index.country = site.country AND index.month <= $today
    AND index.median > 0
    AND coalesce(index.bandwidth_band = coalesce(product.bandwidth_band, offering.bandwidth_band), true)
    AND NOT EXISTS {
      MATCH (site)<-[:FOR_SITE]-(line:QuoteItem)-[:FOR_OFFERING]->(offering)
      MATCH (line)<-[:HAS_LINE]-(quote:Quote {state: 'accepted'})
      WHERE item.starts_on < quote.state_since <= $today AND coalesce(line.action, '') <> 'delete'
    }
  RETURN index ORDER BY index.month DESC, index.id LIMIT 1
}
WITH item, agreement, account, entity, product, currency, monthly, bill_id, index,
     index.month >= $today - duration({months: $index_months}) AS is_fresh
ORDER BY product.id
WITH item, agreement, account, entity, currency,
     sum(CASE WHEN is_fresh THEN monthly ELSE 0 END) AS paid,
     sum(CASE WHEN is_fresh THEN index.median ELSE 0 END) AS market,
     collect(product.id)[..50] AS product_ids, collect(DISTINCT index.id)[..50] AS price_index_ids,
     collect(DISTINCT bill_id)[..50] AS bill_ids
WHERE market = 0 OR paid > round($min_ratio * market, 6)
WITH * ORDER BY market = 0, paid - market DESC, currency
WITH item, agreement, account, entity,
     collect([paid, market, currency, product_ids, price_index_ids, bill_ids])[0] AS dearest
WITH *, dearest[0] AS paid, dearest[1] AS market, dearest[2] AS currency,
     coalesce(item.notice_days, agreement.notice_days) AS notice_days
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       coalesce(last(split(item.reference, ':')), item.id) AS item,
       CASE WHEN market > 0 THEN round(1.0 * paid / market, 4) END AS ratio, item.ends_on AS ends_on,
       CASE WHEN notice_days IS NULL THEN ' The notice period is assumed.' ELSE '' END AS assumed,
       dearest[3] AS product_ids, dearest[4] AS price_index_ids,
       dearest[5] AS bill_ids,
       item.ends_on - duration({days: coalesce(notice_days, $assumed_notice_days) + $negotiate_days})
         AS act_by,
       CASE WHEN market > 0 THEN [[12 * (paid - market), currency]] ELSE [] END AS value,
       CASE WHEN market = 0 THEN 'the market price for it is too old' END AS blind_reason
ORDER BY item_id
