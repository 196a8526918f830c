// Contract lines whose end two systems tell differently. One row per item and pair of systems.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE item.ends_on IS NOT NULL AND EXISTS { (:SourceRecord)-[:CLAIMS]->(item) }
WITH item, agreement, account, entity ORDER BY account.id, entity.id, agreement.id
WITH item, head(collect(agreement)) AS agreement, head(collect(account)) AS account,
     head(collect(entity)) AS entity
CALL (item) {
  // What lost keeps its own value; what is shown stands on the item, and whoever won or leads says it.
  MATCH (record:SourceRecord)-[claim:CLAIMS]->(item)
  WHERE 'ends_on' IN claim.lost
  RETURN record, date(toString(claim.ends_on)) AS ends_on
  UNION
  MATCH (record:SourceRecord)-[claim:CLAIMS]->(item)
  WHERE 'ends_on' IN claim.won OR 'ends_on' IN claim.agreed
  RETURN record, item.ends_on AS ends_on
  UNION
  MATCH (record:SourceRecord {id: item.record})
  WHERE NOT EXISTS { (:SourceRecord)-[claim:CLAIMS]->(item) WHERE 'ends_on' IN claim.won }
    AND NOT EXISTS { (record)-[claim:CLAIMS]->(item) WHERE 'ends_on' IN claim.lost }
  RETURN record, item.ends_on AS ends_on
}
MATCH (source:SourceSystem {id: record.system})
WITH item, agreement, account, entity, source, record, ends_on ORDER BY source.id, record.id
WITH item, agreement, account, entity, source, head(collect([record.id, ends_on])) AS said
CALL (source) {
  OPTIONAL MATCH (run:LoadRun {source: source.id, status: 'COMPLETE'})
  WHERE run.mode IN ['full', 'delta'] AND coalesce(run.as_of, date(run.moment)) <= $today
  RETURN coalesce(max(coalesce(run.as_of, date(run.moment))) >= $today - duration({days: $fresh_days}),
           false) AS is_fresh
}
WITH item, agreement, account, entity, collect([source, said[0], said[1], is_fresh])[..20] AS sayings
// A word of somebody who keeps none of the books is a decision.
WHERE NOT any(one IN sayings WHERE one[2] = item.ends_on
  AND none(holding IN coalesce(one[0].holds, [])[..20] WHERE holding IN ['contracts', 'crm', 'billing']))
UNWIND sayings AS left
UNWIND sayings AS right
WITH item, agreement, account, entity, left, right, left[0] AS left_source, right[0] AS right_source,
     left[2] AS left_end, right[2] AS right_end
WHERE left_source.id < right_source.id
  AND abs(duration.inDays(left_end, right_end)['days']) > $apart_days
  AND any(ends_on IN [left_end, right_end]
    WHERE $today < ends_on <= $today + duration({days: $horizon_days}))
  // One of them may speak of the item that renews this one, or that this one renews.
  AND NOT EXISTS {
    MATCH (item)-[:RENEWS]-(near:AgreementItem)
    WHERE any(ends_on IN [left_end, right_end] WHERE ends_on <> item.ends_on
      AND abs(duration.inDays(near.ends_on, ends_on)['days']) <= $apart_days)
  }
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
  WITH currency, sum(annual) AS annual ORDER BY currency
  RETURN collect([annual, currency]) AS value
}
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       entity.id AS entity_id, agreement.id AS agreement_id, item.id AS item_id,
       coalesce(last(split(item.reference, ':')), item.id) AS item,
       left_source.id AS left_source_id, right_source.id AS right_source_id,
       coalesce(left_source.name, left_source.id) AS left_source,
       coalesce(right_source.name, right_source.id) AS right_source,
       left_end AS left_end, right_end AS right_end,
       CASE WHEN left[1] < right[1] THEN [left[1], right[1]] ELSE [right[1], left[1]] END AS record_ids,
       CASE WHEN left_end < right_end THEN left_end ELSE right_end END
         - duration({days: $negotiate_days +
             coalesce(item.notice_days, agreement.notice_days, $assumed_notice_days)}) AS act_by,
       value AS value,
       CASE WHEN NOT (left[3] AND right[3]) THEN 'one of the two systems has fallen silent' END
         AS blind_reason
ORDER BY item_id, left_source_id, right_source_id
