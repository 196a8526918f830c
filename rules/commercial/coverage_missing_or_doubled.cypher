// Companies with business at hand that no seller answers for, or that we quote twice. One row per company and finding.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
CALL (account, entity) {
  CALL (entity) {
    MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)
    WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
      AND NOT toLower(coalesce(opportunity.stage, ''))
        IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
    RETURN opportunity.close_on AS due_on, opportunity.id AS id, opportunity.amount AS amount,
           opportunity.currency AS currency, 'a deal is open' AS what
    UNION
    MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
      -[:HAS_ITEM]->(item:AgreementItem)
    WHERE agreement.signed_on <= $today AND item.starts_on <= $today < item.ends_on
      AND item.ends_on <= $today + duration({days: $horizon_days})
    RETURN item.ends_on - duration({days:
             coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)}) AS due_on,
           item.id AS id, 12 * item.monthly_amount AS amount, item.currency AS currency,
           'a contract ends soon' AS what
  }
  WITH account, entity, due_on, id, amount, currency, what ORDER BY due_on, id
  WITH account, entity, collect([due_on, id, amount, currency, what]) AS business
  WHERE NOT EXISTS { (:Seller)-[:COVERS]->(entity) }
    AND NOT EXISTS { (:Seller)-[:COVERS]->(account) }
    AND NOT EXISTS { (:Seller)-[:COVERS]->(:Site)<-[:OCCUPIES]-(entity) }
    AND NOT EXISTS { (:Seller)-[coming:PLANNED_COVERS]->(entity)
      WHERE coming.valid_from <= $today + duration({days: $handover_days}) }
    AND NOT EXISTS { (:Seller)-[coming:PLANNED_COVERS]->(account)
      WHERE coming.valid_from <= $today + duration({days: $handover_days}) }
  RETURN 'uncovered' AS finding, 'covered by nobody' AS said,
         business[0][4] + ' and no seller answers for it by name' AS detail,
         business[0][0] - duration({days: $assign_days}) AS act_by,
         COLLECT {
           UNWIND business AS one
           WITH one[3] AS currency, sum(one[2]) AS amount
           WHERE amount > 0 AND currency IS NOT NULL
           RETURN [amount, currency] ORDER BY currency LIMIT 50
         } AS value,
         COLLECT { UNWIND business AS one RETURN one[1] AS id ORDER BY id LIMIT 50 } AS business_ids
  UNION ALL
  MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)<-[:QUOTES]-(version:Quote)
  WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
    AND NOT toLower(coalesce(opportunity.stage, ''))
      IN ['won', 'lost', 'closed won', 'closed lost', 'deleted']
    AND version.created_on <= $today
  WITH entity, opportunity, version
  ORDER BY coalesce(toInteger(version.version), 0), version.created_on, version.id
  WITH entity, opportunity, coalesce(version.number, version.id) AS number,
       collect(version) AS versions
  WITH entity, opportunity, number, head(versions).created_on AS made_on, last(versions) AS quote
  WHERE quote.state IN ['pending', 'inProgress', 'approved']
    AND (quote.valid_to IS NULL OR quote.valid_to > $today)
  MATCH (quote)-[:HAS_LINE]->(line:QuoteItem)-[:FOR_OFFERING]->(offering:ProductOffering)
  OPTIONAL MATCH (line)-[:FOR_SITE]->(site:Site)
  WITH coalesce(offering.family, offering.name, offering.id) AS family, opportunity, number,
       made_on, quote, collect(DISTINCT site.id)[..50] AS sites
  ORDER BY quote.id
  WITH family, collect([quote, opportunity, number, made_on, sites]) AS quotes
  UNWIND quotes[..50] AS left
  UNWIND quotes[..50] AS right
  WITH family, left, right, left[0] AS one, right[0] AS other, right[4][..50] AS there
  WHERE one.id < other.id AND left[1] <> right[1] AND left[2] <> right[2]
    AND abs(duration.inDays(left[3], right[3])['days']) <= $apart_days
    AND (left[4] = [] OR right[4] = [] OR any(site IN left[4][..50] WHERE site IN there))
  WITH family, left, right, one, other,
       CASE WHEN coalesce(one.valid_to <= other.valid_to, other.valid_to IS NULL)
            THEN one.valid_to ELSE other.valid_to END AS lapses_on,
       CASE WHEN one.currency = other.currency AND one.amount <= other.amount THEN one.amount
            WHEN one.currency = other.currency THEN other.amount END AS lower
  ORDER BY lapses_on, one.id, other.id, family
  WITH collect([family, left[2], right[2], coalesce(lapses_on,
         CASE WHEN left[3] >= right[3] THEN left[3] ELSE right[3] END + duration({days: $assign_days})),
         CASE WHEN lower IS NULL THEN [] ELSE [[12 * lower, one.currency]] END]) AS pairs,
       collect(one.id) + collect(other.id) AS ids
  WHERE pairs <> []
  RETURN 'quoted_twice' AS finding, 'quoted twice' AS said,
         pairs[0][1] + ' and ' + pairs[0][2] + ' are both open for ' + pairs[0][0] AS detail,
         pairs[0][3] AS act_by, pairs[0][4] AS value,
         COLLECT { UNWIND ids AS id RETURN DISTINCT id ORDER BY id LIMIT 50 } AS business_ids
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, coalesce(entity.name, entity.id) AS entity, finding AS finding,
       said AS said, detail AS detail, business_ids AS business_ids, act_by AS act_by, value AS value,
       CASE WHEN act_by IS NULL THEN 'no day is known by which a seller is needed' END AS blind_reason
ORDER BY entity_id, finding
