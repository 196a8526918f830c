// Accounts with something ending soon that a silent source supplies. One row per account and source.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:SUPPLIES]-(source:SourceSystem)
WITH source, collect(account) AS accounts
CALL (source) {
  OPTIONAL MATCH (run:LoadRun {source: source.id, status: 'COMPLETE'})
  WHERE run.mode IN ['full', 'delta'] AND coalesce(run.as_of, date(run.moment)) <= $today
  WITH run, coalesce(run.as_of, date(run.moment)) AS on ORDER BY on DESC, run.id LIMIT 1
  RETURN run.id AS run_id, on AS complete_on
}
CALL (source) {
  // The ages after which rules call themselves blind; of what they do not ask for, its own promise.
  UNWIND [['registry', 3], ['deals', 3], ['contracts', 2], ['crm', 2], ['quotes', 1], ['orders', 2],
    ['billing', 2], ['inventory', 2], ['tickets', 1], ['measures', 10], ['prices', 365],
    ['network', 7], ['occupancy', 30], ['coverage', 7], ['credit', 35], ['rates', 7]] AS oldest
  WITH source, oldest WHERE oldest[0] IN source.holds
  RETURN min(oldest[1]) AS age_days
}
WITH *, coalesce(complete_on, date(source.first_seen_at)) AS last_run
WITH *, CASE WHEN age_days IS NOT NULL THEN last_run + duration({days: age_days})
             ELSE last_run + duration(source.freshness_sla) END AS late_on
WHERE late_on < $today AND last_run > $today - duration({days: $retired_days})
UNWIND accounts AS account
CALL (account) {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(:LegalEntity)-[:PLAYS]->(:Customer)
    -[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
  WHERE agreement.signed_on <= $today AND item.starts_on <= $today
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
    AND $today < item.ends_on <= $today + duration({days: $horizon_days})
  WITH DISTINCT item
  CALL (item) {
    OPTIONAL MATCH (item)-[:GOVERNS]->(product:Product)
    CALL (product) {
      MATCH (product)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
      WHERE bill.issued_on <= $today AND $today - duration({months: 4}) < bill.period_to <= $today
      WITH bill, charge, duration.inMonths(charge.period_from, charge.period_to)['months'] AS span
      WITH bill.period_to AS billed_to, charge.currency AS currency,
           sum(12 * charge.amount / CASE WHEN span > 1 THEN span ELSE 1 END) AS annual
      RETURN currency, annual ORDER BY billed_to DESC, currency LIMIT 1
    }
    WITH currency, sum(annual) AS annual
    RETURN collect([annual, currency]) AS priced
  }
  RETURN collect(item.id) AS items, collect(priced) AS priced
}
CALL (account) {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(:LegalEntity)
    <-[:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]-(event:CorporateEvent)
  WHERE coalesce(event.status, '') <> 'WITHDRAWN_CANCELLED'
    AND $today <= event.effective_on <= $today + duration({days: $horizon_days})
    AND event.type IN ['MERGERS_AND_ACQUISITIONS', 'ABSORPTION', 'ACQUISITION_BRANCH',
      'REVERSE_TAKEOVER', 'DEMERGER', 'SPINOFF', 'BREAKUP']
  RETURN collect(DISTINCT event.id) AS deals
}
WITH * WHERE items <> [] OR deals <> []
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       source.id AS source_id, coalesce(source.name, source.id) AS source, last_run AS last_run,
       null AS rules, run_id AS run_id,
       COLLECT { UNWIND items + deals AS id RETURN id ORDER BY id LIMIT 50 } AS at_stake_ids,
       late_on + duration({days: $repair_days}) AS act_by,
       COLLECT {
         UNWIND priced AS some UNWIND some AS one
         WITH one[1] AS currency, sum(one[0]) AS annual
         RETURN [annual, currency] ORDER BY currency LIMIT 50
       } AS value
ORDER BY account_id, source_id
