// Lines of open quotes whose discount no price rule allows, or is far from what others got. One row per line.
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
MATCH (quote)-[:HAS_LINE]->(line:QuoteItem)-[:FOR_OFFERING]->(offering:ProductOffering)
WHERE coalesce(line.action, 'add') <> 'delete'
  AND (line.exception_approved_on IS NULL OR line.exception_approved_on > $today)
OPTIONAL MATCH (line)-[:FOR_SITE]->(site:Site)-[:IN_COUNTRY]->(country:Country)
WITH number, account, entity, first, quote, line, offering, site, country ORDER BY site.id
WITH number, account, entity, first, quote, line, offering,
     head(collect(site)) AS site, head(collect(country)) AS country
WITH *, coalesce(line.discount, CASE WHEN line.list_price > 0
       THEN 1 - 1.0 * line.price / line.list_price END) AS discount
CALL (quote, line, offering, country, discount) {
  MATCH (offering)<-[:PRICES]-(rule:PriceRule)
  WHERE coalesce(rule.kind, 'recurring') = 'recurring' AND rule.currency = line.currency
    AND coalesce(rule.valid_from <= quote.created_on, true)
    AND coalesce(rule.valid_to > quote.created_on, true)
    AND (rule.bandwidth_band IS NULL OR rule.bandwidth_band = offering.bandwidth_band)
    AND (rule.role IS NULL OR rule.role = $role)
    AND (rule.country = country.code OR rule.country IS NULL
      AND (rule.region IS NULL OR EXISTS { (country)-[:IN_REGION]->(:Region {code: rule.region}) }))
  WITH rule, coalesce(rule.max_discount, 0.0) AS most, discount, line ORDER BY rule.id
  WITH rule, most, rule.list_amount * (1 - most) AS least,
       discount <= most OR coalesce(line.price >= rule.list_amount * (1 - most), false) AS allows
  RETURN count(rule) AS rules, coalesce(max(allows), false) AS is_allowed, max(most) AS most,
         min(least) AS least, collect(rule.id)[..50] AS price_rule_ids
}
CALL (line, offering, country) {
  MATCH (offering)<-[:FOR_OFFERING]-(other:QuoteItem)<-[:HAS_LINE]-(sold:Quote {state: 'accepted'})
  WHERE $today - duration({days: $compared_days}) < sold.state_since <= $today
    AND other.currency = line.currency AND other.discount IS NOT NULL
    AND EXISTS { (other)-[:FOR_SITE]->(:Site)-[:IN_COUNTRY]->(country) }
  WITH other ORDER BY other.id
  WITH count(other) AS alike, collect(other.id)[..50] AS alike_ids,
       percentileCont(other.discount, 0.25) AS low, percentileCont(other.discount, 0.75) AS high
  RETURN CASE WHEN alike >= $least_alike THEN high + $fence_ranges * (high - low) END AS fence,
         CASE WHEN alike >= $least_alike THEN alike_ids ELSE [] END AS alike_ids
}
WITH *, CASE WHEN rules > 0 AND NOT is_allowed THEN most WHEN discount > fence THEN fence END AS limit,
     CASE WHEN discount IS NULL THEN 'neither its discount nor its list price is known'
          WHEN rules = 0 AND fence IS NULL
          THEN 'no price rule covers it and too few alike were accepted' END AS blind_reason
WHERE blind_reason IS NOT NULL OR limit IS NOT NULL
WITH *, toInteger(round(CASE WHEN rules > 0 AND NOT is_allowed THEN least
       ELSE line.list_price * (1 - limit) END)) - line.price AS missing
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account, first.id AS quote_id,
       line.id AS quote_item_id, number AS number, coalesce(offering.name, offering.id) AS offering,
       discount AS discount, limit AS limit, entity.id AS entity_id, site.id AS site_id,
       quote.id AS version_id, offering.id AS offering_id, price_rule_ids AS price_rule_ids,
       alike_ids AS alike_ids,
       coalesce(quote.valid_to - duration({days: $approval_days}),
         quote.created_on + duration({days: $approval_days})) AS act_by,
       CASE WHEN missing > 0 AND line.currency IS NOT NULL
            THEN [[12 * missing, line.currency]] ELSE [] END AS value,
       blind_reason AS blind_reason
ORDER BY quote_id, quote_item_id
