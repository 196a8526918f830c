// Companies that left a family while services at their sites still run under its agreements. One row per company and agreement.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[family:IN_FAMILY {nearest: true}]-(member:LegalEntity)
WHERE family.view = 'legal' OR NOT EXISTS { (member)-[:IN_FAMILY {view: 'legal'}]->(:Account) }
// A legal subsidiary that no account's family names is of the account above it.
MATCH (member) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
  (under:LegalEntity WHERE NOT EXISTS { (under)-[:IN_FAMILY]->(:Account) })){0,64} (parent:LegalEntity)
CALL (parent) {
  MATCH (parent)<-[said:PREDECESSOR|SELLER]-(event:CorporateEvent {status: 'COMPLETED'})-[:SUCCESSOR|TARGET]->(entity:LegalEntity)
  WHERE (event.type IN ['DEMERGER', 'SPINOFF', 'BREAKUP']
      OR event.type = 'MERGERS_AND_ACQUISITIONS' AND type(said) = 'SELLER')
    AND coalesce(event.effective_on <= $today, true) AND entity <> parent
  RETURN entity, event.id AS event_id, event.effective_on AS told_on, event.recorded_on AS noted_on,
         null AS ended_on
  UNION ALL
  // A version that was corrected is closed in what we believe; one that ended only in the world.
  MATCH (parent)<-[was:FORMER_PARENT_IN {view: 'legal', controlling: true}]-(entity:LegalEntity)
  WHERE was.cut IS NULL AND was.planned IS NULL AND was.valid_to <= $today
    AND was.recorded_to = datetime('9999-12-31T00:00:00Z')
  RETURN entity, null AS event_id, null AS told_on, null AS noted_on, was.valid_to AS ended_on
}
WITH account, member, parent, entity, collect(DISTINCT event_id) AS events, max(told_on) AS told_on,
     max(ended_on) AS ended_on, max(noted_on) AS noted_on
WITH *, coalesce(told_on, ended_on) AS left_on
WHERE coalesce(left_on, noted_on, $today) > $today - duration({days: $left_days})
  AND coalesce(entity.ended_on > $today, true)
CALL (parent) {
  MATCH (parent) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    ()){0,64} (above:LegalEntity)
  RETURN collect(above) AS former_group
}
CALL (entity, left_on, ended_on) {
  MATCH (entity)-[first:PARENT_IN {view: 'legal', controlling: true}]->(next:LegalEntity)
  // Until the register follows the event, the parent of before it is not the parent of today.
  WHERE first.cut IS NULL AND (ended_on IS NOT NULL OR first.valid_from >= left_on)
  MATCH (next) (()-[up:PARENT_IN WHERE up.view = 'legal' AND up.controlling AND up.cut IS NULL]->
    ()){0,64} (above:LegalEntity)
  RETURN collect(above) AS group_now
}
WITH * WHERE none(above IN group_now WHERE above IN former_group)
WITH entity, account, member, parent, events, left_on ORDER BY left_on DESC, account.id, parent.id
WITH entity, head(collect([account, member, parent, events, left_on])) AS first
WITH entity, first[0] AS account, first[1] AS member, first[2] AS parent, first[3] AS events,
     first[4] AS left_on
CALL (entity) {
  MATCH (entity) (()<-[below:PARENT_IN WHERE below.view = 'legal' AND below.controlling AND below.cut IS NULL]-
    ()){0,64} (company:LegalEntity)
  RETURN collect(DISTINCT company) AS companies
}
CALL (companies, member) {
  UNWIND companies AS company
  MATCH (company)-[:OCCUPIES]->(site:Site)<-[:DELIVERED_AT]-(service:Service)<-[:REALIZED_BY]-(product:Product)
    <-[:GOVERNS]-(item:AgreementItem)<-[:HAS_ITEM]-(agreement:Agreement)
  WHERE service.state = 'active' AND service.activated_on <= $today
    AND coalesce(service.ceased_on > $today, true)
    AND agreement.signed_on <= $today AND item.starts_on <= $today AND $today < item.ends_on
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
    AND EXISTS {
      MATCH (agreement)<-[:PARTY_TO]-(:Customer)<-[:PLAYS]-(party:LegalEntity)
      WHERE NOT party IN companies
        AND EXISTS { (party)-[:IN_FAMILY]->(:Account)<-[:IN_FAMILY]-(member) }
    }
    AND NOT EXISTS {
      MATCH (product)<-[:GOVERNS]-(own:AgreementItem)<-[:HAS_ITEM]-(:Agreement)<-[:PARTY_TO]-(:Customer)
        <-[:PLAYS]-(party:LegalEntity)
      WHERE party IN companies AND own.starts_on <= $today AND $today < own.ends_on
    }
  RETURN agreement, collect(DISTINCT service) AS services, collect(DISTINCT site) AS sites,
         collect(DISTINCT product) AS products, collect(DISTINCT item) AS items
}
CALL (products) {
  UNWIND products AS product
  CALL (product) {
    MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
    WHERE bill.issued_on <= $today AND charge.period_to > $today - duration({months: 2})
    WITH charge, bill, duration.inMonths(charge.period_from, charge.period_to).months AS span
    WITH charge.period_to AS billed_to, bill, charge.currency AS currency,
         sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
    RETURN currency, annual ORDER BY billed_to DESC, bill.issued_on DESC, bill.id, currency LIMIT 1
  }
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
CALL (agreement) {
  MATCH (agreement)-[:HAS_CLAUSE]->(clause:Clause {kind: 'divestiture'})
  WHERE clause.notice_days IS NOT NULL AND coalesce(clause.confidence, 1.0) >= $min_confidence
  RETURN min(clause.notice_days) AS notice_days
}
RETURN entity.id AS entity_id, agreement.id AS agreement_id, account.id AS account_id,
       coalesce(entity.name, entity.id) AS entity, coalesce(account.name, account.id) AS account,
       coalesce(last(split(agreement.reference, ':')), agreement.id) AS agreement,
       size(services) AS services, left_on AS left_on,
       left_on + duration({days: coalesce(notice_days, $act_within_days)}) AS act_by, value AS value,
       COLLECT { UNWIND events + [parent.id] AS id RETURN id ORDER BY id LIMIT 50 } AS leave_ids,
       COLLECT { UNWIND services AS service RETURN service.id AS id ORDER BY id LIMIT 50 } AS service_ids,
       COLLECT { UNWIND sites AS site RETURN site.id AS id ORDER BY id LIMIT 50 } AS site_ids,
       COLLECT { UNWIND items AS item RETURN item.id AS id ORDER BY id LIMIT 50 } AS item_ids,
       CASE WHEN left_on IS NULL THEN 'the day on which it left is not known' END AS blind_reason
ORDER BY entity_id, agreement_id
