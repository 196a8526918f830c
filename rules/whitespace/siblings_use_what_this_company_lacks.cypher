// Kinds of offering that most comparable companies of a family use and one does not. One row per company and offering.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})
CALL (account) {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->
    (:Agreement)-[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(product:Product)-[:OF_OFFERING]->
    (offering:ProductOffering {shared_by_group: true})
  WHERE EXISTS { (product)-[:REALIZED_BY]->(service:Service) WHERE service.state = 'active' }
  RETURN collect(DISTINCT offering.family)[..50] AS shared
}
MATCH (account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
WHERE coalesce(entity.ended_on > $today, true)
CALL (entity) {
  MATCH (entity)-[:OCCUPIES]->(site:Site)-[:IN_COUNTRY]->(country:Country)-[:IN_REGION]->(region:Region)
  WHERE coalesce(site.closed_on > $today, true) AND coalesce(site.opened_on <= $today, true)
    AND NOT toLower(coalesce(site.kind, '')) IN ['registered office', 'registered_office', 'letterbox']
  WITH country, region, EXISTS { (entity)-[:HEADQUARTERED_AT]->(site) } AS is_seat, site
  RETURN country, region ORDER BY is_seat DESC, site.id, region.id LIMIT 1
}
WITH account, shared, entity, country, region, COUNT {
  MATCH (entity)-[:OCCUPIES]->(site:Site)
  WHERE coalesce(site.closed_on > $today, true) AND coalesce(site.opened_on <= $today, true)
} AS sites
// How large a company is, nobody tells: by its open sites, in bands of four.
WITH account, shared, entity, country, region,
     CASE WHEN sites < 2 THEN 1 WHEN sites < 5 THEN 2 WHEN sites < 20 THEN 3 ELSE 4 END AS size_band
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(customer:Customer)
  WHERE customer.segment IS NOT NULL
  RETURN toLower(customer.segment) AS industry ORDER BY customer.id LIMIT 1
}
CALL (entity) {
  OPTIONAL MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
    -[:GOVERNS]->(product:Product)-[:REALIZED_BY]->(service:Service)
  WHERE service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true)
  OPTIONAL MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
  WITH DISTINCT product, service, offering
  WITH offering, max(service.activated_on) AS began_on, collect(DISTINCT product) AS products
  WITH offering, began_on, products,
       head(COLLECT { UNWIND products AS one WITH one.currency AS currency, sum(one.price) AS monthly
         RETURN [monthly, currency] ORDER BY currency LIMIT 1 }) AS price
  RETURN collect(CASE WHEN offering IS NOT NULL
           THEN [offering, coalesce(offering.family, offering.id), began_on, price] END) AS uses
}
WITH account, shared, region, size_band, industry, entity, country, uses ORDER BY entity.id
WITH account, shared, region, size_band, industry, collect([entity, country, uses])[..500] AS peers,
     count(CASE WHEN uses <> [] THEN 1 END) AS served
WHERE served >= $least_comparable
UNWIND COLLECT {
  UNWIND peers AS peer UNWIND peer[2] AS use RETURN DISTINCT use[1] AS family ORDER BY family LIMIT 100
} AS family
WITH account, peers, served, family, shared,
     [peer IN peers WHERE any(use IN peer[2] WHERE use[1] = family)] AS users
// One service of the whole group serves each of its companies.
WHERE NOT family IN shared AND size(users) >= $least_share * (served - 1)
CALL (users, family) {
  UNWIND users AS user
  UNWIND [use IN user[2] WHERE use[1] = family] AS use
  WITH DISTINCT use[0] AS offering ORDER BY offering.id
  RETURN collect(offering)[..100] AS offerings
}
CALL (users, family) {
  UNWIND users AS user
  UNWIND [use IN user[2] WHERE use[1] = family] AS use
  WITH user[0].id AS user_id, use[3][1] AS currency, sum(use[3][0]) AS monthly, max(use[2]) AS began_on
  WITH currency, count(user_id) AS known, percentileDisc(monthly, 0.5) AS median, max(began_on) AS began_on
  WITH currency, known, median, began_on ORDER BY known DESC, currency
  WITH collect([12 * median, currency]) AS priced, max(began_on) AS began_on
  RETURN [one IN priced WHERE one[0] > 0][..1] AS value, began_on
}
WITH *, size(users) AS using, COLLECT {
  UNWIND users AS user RETURN user[0].id AS id ORDER BY id LIMIT 50
} AS sibling_ids
UNWIND [peer IN peers WHERE NOT any(use IN peer[2] WHERE use[1] = family)] AS lacking
WITH account, family, using, sibling_ids, offerings, value, began_on,
     lacking[0] AS entity, lacking[1] AS country,
     served - CASE WHEN lacking[2] = [] THEN 0 ELSE 1 END AS comparable
WHERE comparable >= $least_comparable AND using >= $least_share * comparable
  AND NOT EXISTS {
    MATCH (entity)-[:OCCUPIES]->(:Site)<-[:DELIVERED_AT]-(service:Service)<-[:REALIZED_BY]-(:Product)
      -[:OF_OFFERING]->(had:ProductOffering)
    WHERE coalesce(had.family, had.id) = family AND coalesce(service.ceased_on > $today, true)
  }
  AND NOT EXISTS {
    MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)
    WHERE ((opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
        AND NOT toLower(coalesce(opportunity.stage, ''))
          IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
        OR $today - duration({days: $declined_days}) < opportunity.lost_on <= $today)
      AND (EXISTS { (opportunity)-[:CONCERNS]->(meant:ProductOffering)
          WHERE coalesce(meant.family, meant.id) = family }
        OR NOT EXISTS { (opportunity)-[:CONCERNS]->(:ProductOffering|AgreementItem|Agreement|Product) })
  }
  AND NOT EXISTS {
    MATCH (entity)<-[:CONCERNS]-(:Opportunity)<-[:QUOTES]-(quote:Quote)-[:HAS_LINE]->(:QuoteItem)
      -[:FOR_OFFERING]->(quoted:ProductOffering)
    WHERE coalesce(quoted.family, quoted.id) = family AND coalesce(quote.valid_to > $today, true)
      AND (quote.state IN ['pending', 'inProgress', 'approved']
        OR EXISTS { (quote)<-[:FULFILS]-(order:Order)
          WHERE NOT order.status IN ['completed', 'cancelled', 'rejected', 'failed'] })
  }
CALL (offerings, country) {
  UNWIND offerings AS offering
  WITH offering, country
  WHERE EXISTS { (offering)-[:AVAILABLE_IN]->(country) }
  // Not the one used most: who uses which changes, and the finding must stay the same.
  RETURN offering ORDER BY offering.id LIMIT 1
}
CALL (entity) {
  OPTIONAL MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
  WHERE agreement.signed_on <= $today AND item.starts_on <= $today < item.ends_on
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  WITH item, agreement ORDER BY item.ends_on, item.id LIMIT 1
  RETURN item.ends_on - duration({days:
           coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)}) AS notice_on
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, coalesce(entity.name, entity.id) AS entity,
       offering.id AS offering_id, coalesce(offering.name, offering.id) AS offering,
       1.0 * using / comparable AS share,
       sibling_ids AS sibling_ids,
       CASE value WHEN [] THEN '' ELSE ' The value is an estimate.' END AS estimated,
       coalesce(notice_on, began_on + duration({days: $offer_days})) AS act_by, value AS value
ORDER BY entity_id, offering_id
