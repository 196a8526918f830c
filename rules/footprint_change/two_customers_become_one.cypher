// Accounts of different groups that a deal joins while both have contracts running. One row per pair of accounts.
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
WITH buying, bought, min(target.id) AS entity_id, max(effective_on) AS effective_on,
     min(begun_on) AS begun_on, collect(DISTINCT deal_id) AS deal_ids
CALL (buying, bought) {
  MATCH (buying)<-[:IN_FAMILY]-(entity:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
    -[:HAS_ITEM]->(item:AgreementItem)
  WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND $today < item.ends_on
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
    AND NOT EXISTS { (entity)-[:IN_FAMILY]->(bought) }
  RETURN min(item.id) AS buying_item_id
}
CALL (bought) {
  MATCH (bought)<-[:IN_FAMILY]-(:LegalEntity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
    -[:HAS_ITEM]->(item:AgreementItem)
  WHERE agreement.signed_on <= $today AND item.starts_on <= $today AND $today < item.ends_on
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  RETURN min(item.id) AS bought_item_id
}
WITH * WHERE buying_item_id IS NOT NULL AND bought_item_id IS NOT NULL
CALL (buying, bought) {
  UNWIND [buying, bought] AS account
  MATCH (account)<-[:IN_FAMILY]-(entity:LegalEntity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billed:BillingAccount)
  WHERE account = bought OR NOT EXISTS { (entity)-[:IN_FAMILY]->(bought) }
  WITH DISTINCT account, billed
  CALL (billed) {
    MATCH (billed)<-[:ON]-(bill:Bill)
    WHERE bill.issued_on <= $today AND bill.period_to > $today - duration({months: 3})
    RETURN bill ORDER BY bill.period_to DESC, bill.issued_on DESC, bill.id LIMIT 1
  }
  MATCH (bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
  WITH account, charge, duration.inMonths(charge.period_from, charge.period_to).months AS span
  WITH account, charge.currency AS currency,
       sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
  ORDER BY currency
  WITH account, collect([annual, currency]) AS annuals
  RETURN head(collect(CASE WHEN account = buying THEN annuals END)) AS of_buying,
         head(collect(CASE WHEN account = bought THEN annuals END)) AS of_bought
}
WITH *, size(of_buying) = 1 AND size(of_bought) = 1 AND of_buying[0][1] = of_bought[0][1]
       AND of_buying[0][0] < of_bought[0][0] AS is_buyer_smaller,
     CASE WHEN buying.id < bought.id THEN buying ELSE bought END AS account,
     CASE WHEN buying.id < bought.id THEN bought ELSE buying END AS other
WITH account, other, min(entity_id) AS entity_id, max(effective_on) AS effective_on, min(begun_on) AS begun_on,
     head(collect(CASE WHEN is_buyer_smaller THEN of_buying ELSE of_bought END)) AS value,
     head(collect(deal_ids)) AS deal_ids, head(collect([buying_item_id, bought_item_id])) AS item_ids
RETURN account.id AS account_id, other.id AS other_account_id, entity_id AS entity_id,
       coalesce(account.name, account.id) AS account, coalesce(other.name, other.id) AS other_account,
       effective_on AS effective_on, begun_on + duration({days: $act_within_days}) AS act_by,
       coalesce(value, []) AS value, COLLECT { UNWIND deal_ids AS id RETURN id ORDER BY id LIMIT 50 } AS deal_ids,
       COLLECT { UNWIND item_ids AS id RETURN id ORDER BY id LIMIT 2 } AS item_ids,
       CASE WHEN begun_on IS NULL THEN 'no day of the deal is known' END AS blind_reason
ORDER BY account_id, other_account_id
