// Deals that are announced and open between a company of an account and one outside, or a part that is to leave. One row per account, company and counterparty.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
// A legal subsidiary that no account's family names is of the account above it.
MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
  (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (entity:LegalEntity)
CALL (entity) {
  MATCH (entity)<-[said:ACQUIRER|TARGET|PREDECESSOR|SUCCESSOR|SELLER]-(event:CorporateEvent {status: 'IN_PROGRESS'})
    -[told:ACQUIRER|TARGET|PREDECESSOR|SUCCESSOR]->(counterparty:LegalEntity)
  WHERE coalesce(event.announced_on, event.recorded_on, event.effective_on, $today) > $today - duration({days: $announced_days})
    AND entity <> counterparty
    AND CASE
      WHEN event.type IN ['MERGERS_AND_ACQUISITIONS', 'ABSORPTION', 'ACQUISITION_BRANCH', 'REVERSE_TAKEOVER']
        THEN type(said) <> 'SELLER'
          AND (type(said) IN ['ACQUIRER', 'SUCCESSOR']) <> (type(told) IN ['ACQUIRER', 'SUCCESSOR'])
      WHEN event.type IN ['DEMERGER', 'SPINOFF', 'BREAKUP']
        THEN type(said) IN ['PREDECESSOR', 'SELLER'] AND type(told) IN ['SUCCESSOR', 'TARGET']
      ELSE false END
    // A notice that says it is over goes before an older one that says it is open.
    AND NOT EXISTS {
      MATCH (entity)<-[:ACQUIRER|TARGET|PREDECESSOR|SUCCESSOR|SELLER]-(over:CorporateEvent {type: event.type})
        -[:ACQUIRER|TARGET|PREDECESSOR|SUCCESSOR]->(counterparty)
      WHERE over.status IN ['COMPLETED', 'WITHDRAWN_CANCELLED']
        AND over.recorded_on >= coalesce(event.recorded_on, event.announced_on)
    }
  RETURN counterparty, event.id AS event_id, coalesce(event.announced_on, event.recorded_on) AS announced_on,
         event.effective_on AS effective_on, event.type IN ['DEMERGER', 'SPINOFF', 'BREAKUP'] AS parts,
         type(said) IN ['TARGET', 'PREDECESSOR'] AS is_target
  UNION ALL
  MATCH (entity)-[plan:PLANNED_PARENT_IN {view: 'legal', controlling: true}]-(counterparty:LegalEntity)
  WHERE plan.cut IS NULL AND plan.valid_from > $today - duration({days: $announced_days})
  RETURN counterparty, null AS event_id, null AS announced_on, plan.valid_from AS effective_on,
         false AS parts, startNode(plan) = entity AS is_target
}
WITH account, entity, counterparty, collect(DISTINCT event_id) AS events, min(announced_on) AS announced_on,
     max(effective_on) AS effective_on, max(parts) AS parts, max(is_target) AS is_target
CALL (entity) {
  MATCH (entity) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    ()){0,64} (above:LegalEntity)
  RETURN collect(above) AS above_entity
}
CALL (counterparty) {
  MATCH (counterparty) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    ()){0,64} (above:LegalEntity)
  RETURN collect(above) AS above_counterparty
}
WITH * WHERE parts OR none(above IN above_entity WHERE above IN above_counterparty)
CALL (entity, counterparty, parts, is_target) {
  // At stake is what is bought or leaves, with all below it.
  WITH CASE WHEN is_target AND NOT parts THEN entity ELSE counterparty END AS top
  MATCH (top) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
    ()){0,64} (company:LegalEntity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billed:BillingAccount)
  WITH DISTINCT billed
  CALL (billed) {
    MATCH (billed)<-[:ON]-(bill:Bill)
    WHERE bill.issued_on <= $today AND bill.period_to > $today - duration({months: 3})
    RETURN bill ORDER BY bill.period_to DESC, bill.issued_on DESC, bill.id LIMIT 1
  }
  MATCH (bill)-[:HAS_CHARGE]->(charge:Charge {kind: 'recurring'})
  WITH charge, duration.inMonths(charge.period_from, charge.period_to).months AS span
  WITH charge.currency AS currency, sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
  ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
WITH *, announced_on + duration({days: $answer_days}) AS answer_on,
     effective_on - duration({days: $prepare_days}) AS prepare_on
RETURN account.id AS account_id, entity.id AS entity_id, counterparty.id AS counterparty_id,
       coalesce(account.name, account.id) AS account, coalesce(entity.name, entity.id) AS entity,
       coalesce(counterparty.name, counterparty.id) AS counterparty, announced_on AS announced_on,
       effective_on AS effective_on,
       CASE WHEN answer_on <= prepare_on THEN answer_on ELSE coalesce(prepare_on, answer_on) END AS act_by,
       value AS value,
       COLLECT { UNWIND events + [entity.id, counterparty.id] AS id RETURN id ORDER BY id LIMIT 50 } AS deal_ids,
       CASE WHEN answer_on IS NULL AND prepare_on IS NULL THEN 'no day of the deal is known' END AS blind_reason
ORDER BY account_id, entity_id, counterparty_id
