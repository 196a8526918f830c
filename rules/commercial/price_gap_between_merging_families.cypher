// Offerings for which two families that a deal joins pay very different prices. One row per pair, offering, country and band.
UNWIND $account_ids AS account_id
MATCH (own:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
CALL (member) {
  // Who buys is of the account nearest to it: above it, or else below it.
  MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
    (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (one:LegalEntity)
  RETURN one, true AS buys
  UNION
  MATCH (member) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    (over:LegalEntity WHERE NOT EXISTS { (over)-[:IN_FAMILY]->(:Account) })){1,64} (one:LegalEntity)
  RETURN one, true AS buys
  UNION
  // With who is bought goes everybody below.
  MATCH (member) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    ()){0,64} (one:LegalEntity)
  RETURN one, false AS buys
}
WITH DISTINCT own, one, buys
CALL (one, buys) {
  MATCH (one)<-[said:ACQUIRER|SUCCESSOR|TARGET|PREDECESSOR]-(event:CorporateEvent)
  WHERE event.type IN ['MERGERS_AND_ACQUISITIONS', 'ABSORPTION', 'ACQUISITION_BRANCH']
    AND (type(said) IN ['ACQUIRER', 'SUCCESSOR']) = buys
    AND (event.status = 'COMPLETED' AND coalesce(event.effective_on <= $today, true)
        AND coalesce(event.effective_on, event.recorded_on, event.announced_on)
          > $today - duration({days: $completed_days})
      OR event.status = 'IN_PROGRESS'
        AND coalesce(event.announced_on, event.recorded_on, $today) > $today - duration({days: $announced_days}))
  MATCH (event)-[told:ACQUIRER|SUCCESSOR|TARGET|PREDECESSOR]->(other:LegalEntity)
  WHERE (type(told) IN ['ACQUIRER', 'SUCCESSOR']) <> buys AND other <> one
    AND NOT EXISTS {
      MATCH (one)<-[:ACQUIRER|SUCCESSOR|TARGET|PREDECESSOR]-(over:CorporateEvent {status: 'WITHDRAWN_CANCELLED'})
        -[:ACQUIRER|SUCCESSOR|TARGET|PREDECESSOR]->(other)
      WHERE event.status = 'IN_PROGRESS' AND over.type = event.type
        AND over.recorded_on >= coalesce(event.recorded_on, event.announced_on)
    }
  RETURN other, event.id AS event_id, event.effective_on AS effective_on,
         coalesce(event.announced_on, event.effective_on, event.recorded_on) AS begun_on,
         CASE WHEN event.status = 'COMPLETED'
           THEN coalesce(event.effective_on, event.recorded_on, event.announced_on) ELSE $today END AS since
  UNION ALL
  MATCH (one)-[fact:PARENT_IN|PLANNED_PARENT_IN {view: 'legal', controlling: true}]-(other:LegalEntity)
  WHERE (endNode(fact) = one) = buys AND fact.cut IS NULL AND fact.assumed_from IS NULL
    AND fact.valid_from > $today - duration({days: $completed_days})
  RETURN other, null AS event_id, fact.valid_from AS effective_on, fact.valid_from AS begun_on,
         CASE WHEN fact.valid_from < $today THEN fact.valid_from ELSE $today END AS since
}
WITH own, buys, CASE WHEN buys THEN one ELSE other END AS buyer,
     CASE WHEN buys THEN other ELSE one END AS target, event_id, effective_on, begun_on, since
// Shares without control join nobody.
WHERE EXISTS { (buyer)<-[:PARENT_IN|PLANNED_PARENT_IN {view: 'legal', controlling: true}]-(target) }
  OR NOT EXISTS { (buyer)-[owns:OWNS]->(target) WHERE coalesce(owns.share, owns.share_high) < $control_share }
WITH own, buys, buyer, target, collect(DISTINCT event_id) AS events, max(effective_on) AS effective_on,
     min(CASE WHEN event_id IS NOT NULL THEN begun_on END) AS told_on, min(begun_on) AS begun_on,
     min(since) AS since
CALL (buyer, since) {
  MATCH (buyer) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(above) AS above_buyer
}
CALL (target, since) {
  MATCH (target) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(above) AS above_target
}
WITH * WHERE none(above IN above_target WHERE above IN above_buyer)
CALL (buys, buyer, target) {
  MATCH (target) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
    ()){0,64} (within:LegalEntity)-[family:IN_FAMILY {nearest: true}]->(account:Account)
  WHERE buys
    AND (family.view = 'legal' OR NOT EXISTS { (within)-[:IN_FAMILY {view: 'legal'}]->(:Account) })
  RETURN account
  UNION
  MATCH (buyer) ((under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })-
    [up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->()){0,64} (near:LegalEntity)
    -[family:IN_FAMILY {nearest: true}]->(account:Account)
  WHERE NOT buys
    AND (family.view = 'legal' OR NOT EXISTS { (near)-[:IN_FAMILY {view: 'legal'}]->(:Account) })
  RETURN account
  UNION
  MATCH (buyer) ((over:LegalEntity WHERE NOT EXISTS { (over)-[:IN_FAMILY]->(:Account) })<-
    [below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-()){1,64}
    (near:LegalEntity)-[family:IN_FAMILY {nearest: true}]->(account:Account)
  WHERE NOT buys
    AND (family.view = 'legal' OR NOT EXISTS { (near)-[:IN_FAMILY {view: 'legal'}]->(:Account) })
  RETURN account
}
WITH CASE WHEN buys THEN own ELSE account END AS buying, CASE WHEN buys THEN account ELSE own END AS bought,
     buyer, target, above_target, events, effective_on, coalesce(told_on, begun_on) AS begun_on
WHERE buying <> bought
  // A part that leaves its account for another one does not make the two one customer.
  AND none(above IN above_target WHERE above <> target AND EXISTS { (above)-[:IN_FAMILY]->(bought) })
UNWIND events + [buyer.id, target.id] AS deal_id
WITH buying, bought, max(effective_on) AS effective_on, min(begun_on) AS begun_on,
     collect(DISTINCT deal_id) AS deal_ids
CALL (buying, bought) {
  UNWIND [buying, bought] AS account
  MATCH (account)<-[:IN_FAMILY]-(entity:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
    -[:HAS_ITEM]->(item:AgreementItem)-[:GOVERNS]->(product:Product)-[:OF_OFFERING]->(offering:ProductOffering)
  WHERE (account = bought OR NOT EXISTS { (entity)-[:IN_FAMILY]->(bought) })
    AND agreement.signed_on <= $today AND item.starts_on <= $today AND product.bundle IS NULL
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  WITH DISTINCT account, product, offering
  MATCH (product)-[:REALIZED_BY]->(service:Service)-[:DELIVERED_AT]->(site:Site)-[:IN_COUNTRY]->(country:Country)
  WHERE service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true)
    AND service.access_kind IS NOT NULL AND product.service_level IS NOT NULL
    AND coalesce(product.bandwidth_band, offering.bandwidth_band) IS NOT NULL
  WITH account, product, offering, service, country ORDER BY service.id, country.id
  WITH account, product, offering, head(collect(service)) AS service, head(collect(country)) AS country
  WITH offering, country, coalesce(product.bandwidth_band, offering.bandwidth_band) AS band,
       service.access_kind AS access_kind, product.service_level AS service_level,
       collect([product, account]) AS alike, count(DISTINCT account) AS sides
  WHERE sides = 2
  UNWIND alike AS one
  WITH offering, country, band, access_kind, service_level, one[0] AS product, one[1] AS account
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
    WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
    WITH bill.period_to AS billed_to, charge.currency AS currency,
         sum(charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS monthly, min(bill.id) AS bill_id
    RETURN currency, monthly, bill_id ORDER BY billed_to DESC, currency LIMIT 1
  }
  WITH offering, country, band, access_kind, service_level, currency, account,
       product, monthly, bill_id
  WHERE monthly > 0
  ORDER BY product.id
  WITH offering, country, band, access_kind, service_level, currency, account,
       percentileDisc(monthly, 0.5) AS median, collect([product.id, monthly, bill_id])[..200] AS paid
  ORDER BY median DESC, account.id
  WITH offering, country, band, access_kind, service_level, currency,
       collect([account, median, paid])[..2] AS sides
  WHERE size(sides) = 2 AND sides[0][1] > round($min_ratio * sides[1][1], 6)
  WITH *, head(COLLECT {
         UNWIND sides[0][2] AS one WITH one[1] - sides[1][1] AS more WHERE more > 0
         RETURN sum(more) AS more LIMIT 1
       }) AS gap
  WITH *, 1.0 * sides[0][1] / sides[1][1] AS ratio
  ORDER BY ratio DESC, currency, access_kind, service_level
  RETURN offering, country, band, collect([sides[0][0], sides[1][0], currency, gap])[..20] AS groups,
         collect([one IN sides[0][2][..25] | one[0]] + [one IN sides[1][2][..25] | one[0]])[..20] AS product_ids,
         collect([one IN sides[0][2][..25] | one[2]] + [one IN sides[1][2][..25] | one[2]])[..20] AS bill_ids
}
WITH *, CASE WHEN buying.id < bought.id THEN buying ELSE bought END AS account,
     CASE WHEN buying.id < bought.id THEN bought ELSE buying END AS other
WITH account, other, offering, country, band, max(effective_on) AS effective_on, min(begun_on) AS begun_on,
     head(collect(groups)) AS groups, head(collect(product_ids)) AS product_ids,
     head(collect(bill_ids)) AS bill_ids,
     head(collect(deal_ids)) AS deal_ids
WITH *, COLLECT {
       UNWIND groups AS alike
       WITH alike[2] AS currency, sum(12 * alike[3]) AS amount
       RETURN [amount, currency] ORDER BY currency LIMIT 50
     } AS exposure
RETURN account.id AS account_id, other.id AS other_account_id, offering.id AS offering_id,
       country.code AS country_code, band AS bandwidth_band,
       coalesce(groups[0][0].name, groups[0][0].id) AS dearer,
       coalesce(groups[0][1].name, groups[0][1].id) AS cheaper,
       coalesce(offering.name, offering.id) AS offering, coalesce(country.name, country.code) AS country,
       effective_on AS effective_on, exposure AS exposure, exposure AS value,
       COLLECT { UNWIND deal_ids AS id RETURN id ORDER BY id LIMIT 50 } AS deal_ids,
       COLLECT {
         UNWIND product_ids AS some UNWIND some AS id RETURN id ORDER BY id LIMIT 50
       } AS product_ids,
       COLLECT {
         UNWIND bill_ids AS some UNWIND some AS id
         RETURN DISTINCT id ORDER BY id LIMIT 50
       } AS bill_ids,
       coalesce(effective_on - duration({days: $decide_days}),
         begun_on + duration({days: $decide_days})) AS act_by,
       CASE WHEN effective_on IS NULL AND begun_on IS NULL THEN 'no day of the deal is known' END
         AS blind_reason
ORDER BY account_id, other_account_id, offering_id, country_code, bandwidth_band
