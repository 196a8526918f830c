// Offerings for which one family pays very different prices in one country. One row per account, offering, country and band.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
  -[:GOVERNS]->(product:Product)
WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND product.bundle IS NULL
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
WITH account, product, max(item.ends_on - duration(
       {days: coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)})) AS notice_on
MATCH (product)-[:OF_OFFERING]->(offering:ProductOffering)
MATCH (product)-[:REALIZED_BY]->(service:Service)-[:DELIVERED_AT]->(site:Site)-[:IN_COUNTRY]->(country:Country)
WHERE service.state = 'active' AND service.activated_on <= $today
  AND coalesce(service.ceased_on > $today, true)
  AND service.access_kind IS NOT NULL AND product.service_level IS NOT NULL
  AND coalesce(product.bandwidth_band, offering.bandwidth_band) IS NOT NULL
WITH account, product, notice_on, offering, service, country ORDER BY service.id, country.id
WITH account, product, notice_on, offering, head(collect(service)) AS service,
     head(collect(country)) AS country
WITH account, offering, country, coalesce(product.bandwidth_band, offering.bandwidth_band) AS band,
     service.access_kind AS access_kind, product.service_level AS service_level,
     collect([product, notice_on]) AS alike
WHERE size(alike) >= $min_products
UNWIND alike AS one
WITH account, offering, country, band, access_kind, service_level,
     one[0] AS product, one[1] AS notice_on
CALL (product) {
  MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
  WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
  WITH bill.period_to AS billed_to, charge.currency AS currency,
       sum(charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS monthly,
       min(charge.discount_ends_on) AS discount_ends_on, min(bill.id) AS bill_id
  RETURN currency, monthly, discount_ends_on, bill_id ORDER BY billed_to DESC, currency LIMIT 1
}
WITH *, date.truncate('month', $today) + duration({months: 1}) AS next_month
// A price that ends with this month is not what they pay for the same thing.
WHERE NOT coalesce($today <= discount_ends_on <= next_month, false)
  AND NOT coalesce($today <= product.next_price_on <= next_month, false) AND monthly > 0
WITH account, offering, country, band, access_kind, service_level, currency,
     product, monthly, notice_on, bill_id
ORDER BY product.id
WITH account, offering, country, band, access_kind, service_level, currency,
     min(monthly) AS lowest, max(monthly) AS highest, collect([product.id, monthly, notice_on, bill_id])[..100] AS paid
WHERE size(paid) >= $min_products AND highest > round($min_ratio * lowest, 6)
WITH *, [one IN paid[..100] WHERE one[1] > round($min_ratio * lowest, 6)] AS dearer,
     head(COLLECT { UNWIND paid AS one RETURN sum(12 * (one[1] - lowest)) AS more LIMIT 1 }) AS gap
ORDER BY 1.0 * highest / lowest DESC, currency, access_kind, service_level
WITH account, offering, country, band,
     collect([lowest, highest, currency, paid, dearer, gap])[..10] AS groups
WITH *, groups[0][2] AS unit
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       offering.id AS offering_id, coalesce(offering.name, offering.id) AS offering,
       country.code AS country_code, coalesce(country.name, country.code) AS country,
       band AS bandwidth_band, [groups[0][0], unit] AS lowest, [groups[0][1], unit] AS highest,
       COLLECT {
         UNWIND groups AS alike UNWIND alike[3] AS one RETURN one[0] AS id ORDER BY id LIMIT 50
       } AS product_ids,
       COLLECT {
         UNWIND groups AS alike UNWIND alike[3] AS one
         RETURN DISTINCT one[3] AS id ORDER BY id LIMIT 50
       } AS bill_ids,
       head(COLLECT {
         UNWIND groups AS alike UNWIND alike[4] AS one
         RETURN one[2] AS closes_on ORDER BY closes_on LIMIT 1
       }) AS act_by,
       COLLECT {
         UNWIND groups AS alike
         WITH alike[2] AS currency, sum(alike[5]) AS yearly
         RETURN [yearly, currency] ORDER BY currency LIMIT 50
       } AS value
ORDER BY account_id, offering_id, country_code, bandwidth_band
