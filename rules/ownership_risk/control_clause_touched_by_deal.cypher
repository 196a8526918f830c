// Clauses on control, assignment or divestiture that a deal touches because it changes who controls a party. One row per agreement, clause and counterparty.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
// A legal subsidiary that no account's family names is of the account above it.
MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
  (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (party:LegalEntity)
MATCH (party)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_CLAUSE]->(clause:Clause)
WHERE clause.kind IN ['change_of_control', 'assignment', 'divestiture', 'parity']
  AND coalesce(clause.waived_on > $today, true) AND coalesce(clause.closes_on > $today, true)
  AND agreement.signed_on <= $today
  AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
  AND (agreement.period_to > $today OR EXISTS {
    MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)
    WHERE item.starts_on <= $today AND $today < item.ends_on
  })
MATCH (party) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
  ()){0,64} (touched:LegalEntity)
CALL (touched) {
  MATCH (touched)<-[said:TARGET|PREDECESSOR|SUCCESSOR|ACQUIRER]-(event:CorporateEvent)
    -[told:ACQUIRER|SUCCESSOR|PREDECESSOR|SELLER|TARGET]->(counterparty:LegalEntity)
  WHERE touched <> counterparty
    AND CASE
      WHEN event.type IN ['MERGERS_AND_ACQUISITIONS', 'ABSORPTION', 'ACQUISITION_BRANCH']
        THEN type(said) IN ['TARGET', 'PREDECESSOR'] AND type(told) IN ['ACQUIRER', 'SUCCESSOR']
      // Who buys is controlled by who is bought.
      WHEN event.type = 'REVERSE_TAKEOVER'
        THEN (type(said) IN ['ACQUIRER', 'SUCCESSOR']) <> (type(told) IN ['ACQUIRER', 'SUCCESSOR'])
      WHEN event.type IN ['DEMERGER', 'SPINOFF', 'BREAKUP']
        THEN type(said) IN ['SUCCESSOR', 'TARGET'] AND type(told) IN ['PREDECESSOR', 'SELLER']
      ELSE false END
    AND (event.status = 'COMPLETED' AND coalesce(event.effective_on <= $today, true)
        AND coalesce(event.effective_on, event.recorded_on, event.announced_on)
          > $today - duration({days: $completed_days})
      OR event.status = 'IN_PROGRESS'
        AND coalesce(event.announced_on, event.recorded_on, event.effective_on, $today)
          > $today - duration({days: $announced_days}))
    // A notice that says it is withdrawn goes before an older one that says it is open.
    AND NOT EXISTS {
      MATCH (touched)<-[:TARGET|PREDECESSOR|SUCCESSOR|ACQUIRER]-(over:CorporateEvent {type: event.type})
        -[:ACQUIRER|SUCCESSOR|PREDECESSOR|SELLER|TARGET]->(counterparty)
      WHERE event.status = 'IN_PROGRESS' AND over.status = 'WITHDRAWN_CANCELLED'
        AND over.recorded_on >= coalesce(event.recorded_on, event.announced_on)
    }
  RETURN counterparty, event.id AS event_id, coalesce(event.announced_on, event.recorded_on) AS announced_on,
         event.effective_on AS effective_on, event.type IN ['DEMERGER', 'SPINOFF', 'BREAKUP'] AS parts,
         CASE WHEN event.status = 'COMPLETED'
           THEN coalesce(event.effective_on, event.recorded_on, event.announced_on) ELSE $today END AS since
  UNION ALL
  MATCH (touched)-[fact:PARENT_IN|PLANNED_PARENT_IN {view: 'legal', controlling: true}]->(counterparty:LegalEntity)
  WHERE fact.cut IS NULL AND fact.assumed_from IS NULL
    AND fact.valid_from > $today - duration({days: $completed_days})
    // What its parent founded changes hands with nobody.
    AND coalesce(touched.created_on < fact.valid_from, true)
  RETURN counterparty, null AS event_id, null AS announced_on, fact.valid_from AS effective_on, false AS parts,
         CASE WHEN fact.valid_from < $today THEN fact.valid_from ELSE $today END AS since
}
WITH account, party, agreement, clause, touched, counterparty, collect(DISTINCT event_id) AS events,
     min(announced_on) AS announced_on, max(effective_on) AS effective_on, max(parts) AS parts, min(since) AS since
// Shares without control change no parent.
WHERE parts OR EXISTS { (counterparty)<-[:PARENT_IN|PLANNED_PARENT_IN {view: 'legal', controlling: true}]-(touched) }
  OR NOT EXISTS { (counterparty)-[owns:OWNS]->(touched) WHERE coalesce(owns.share, owns.share_high) < $control_share }
CALL (touched, since) {
  MATCH (touched) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(DISTINCT above) AS above_touched
}
CALL (counterparty, since) {
  MATCH (counterparty) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL
    AND up.planned IS NULL AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  RETURN collect(DISTINCT above) AS above_counterparty
}
WITH * WHERE parts OR none(above IN above_touched WHERE above IN above_counterparty)
// An affiliate is tied by any parent of before, in any view and without control too.
CALL (clause, touched, since) {
  MATCH (touched) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.cut IS NULL AND up.planned IS NULL
    AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  WHERE clause.exempts_affiliates
  RETURN collect(DISTINCT above) AS group_touched
}
CALL (clause, counterparty, since) {
  MATCH (counterparty) (()-[up:PARENT_IN|FORMER_PARENT_IN WHERE up.cut IS NULL AND up.planned IS NULL
    AND up.recorded_to = datetime('9999-12-31T00:00:00Z')
    AND up.valid_from < since AND up.valid_to >= since]->()){0,64} (above:LegalEntity)
  WHERE clause.exempts_affiliates
  RETURN collect(DISTINCT above) AS group_counterparty
}
WITH * WHERE parts OR none(above IN group_touched WHERE above IN group_counterparty)
UNWIND events + [touched.id, party.id] AS deal_id
WITH agreement, clause, counterparty, account, party, deal_id, announced_on, effective_on
ORDER BY account.id, party.id
WITH agreement, clause, counterparty, head(collect(account)) AS account, head(collect(party)) AS party,
     collect(DISTINCT deal_id) AS deal_ids, min(announced_on) AS announced_on, max(effective_on) AS effective_on
WITH *, CASE WHEN clause.consent_before THEN -coalesce(clause.notice_days, 0)
     WHEN clause.consent_before = false THEN coalesce(clause.notice_days, 0) ELSE 0 END AS days,
     coalesce(effective_on, announced_on + duration({days: $answer_days})) AS due_on
RETURN agreement.id AS agreement_id, clause.id AS clause_id, counterparty.id AS counterparty_id,
       account.id AS account_id, party.id AS entity_id, coalesce(account.name, account.id) AS account,
       replace(clause.kind, '_', ' ') AS clause, coalesce(last(split(agreement.reference, ':')), agreement.id) AS agreement,
       coalesce(counterparty.name, counterparty.id) AS counterparty, effective_on AS effective_on,
       due_on + duration({days: days}) AS act_by,
       COLLECT {
         MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)
         WHERE item.starts_on <= $today AND $today < item.ends_on AND item.monthly_amount > 0
         WITH item.currency AS currency, sum(12 * item.monthly_amount) AS annual
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value,
       COLLECT { UNWIND deal_ids AS id RETURN id ORDER BY id LIMIT 50 } AS deal_ids,
       CASE
         WHEN coalesce(clause.confidence, 1.0) < $min_confidence THEN 'the clause was read too unsurely'
         WHEN due_on IS NULL THEN 'no day of the deal is known'
       END AS blind_reason
ORDER BY agreement_id, clause_id, counterparty_id
