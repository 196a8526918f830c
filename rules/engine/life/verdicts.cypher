// How people judged the signals of rules since a moment, each signal by its newest answer that judges. One row per rule and segment.
UNWIND $rows AS row
MATCH (signal:Signal {rule: row[0]})<-[:ON_SIGNAL]-(disposition:Disposition)
WHERE disposition.withdrawn_at IS NULL AND disposition.kind IN $acted + $against
  AND disposition.at >= datetime(row[1])
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account:Account)
WITH row[0] AS rule, coalesce(account.segment, '') AS segment, signal, disposition
ORDER BY disposition.at, disposition.id
WITH rule, segment, signal, last(collect(disposition.kind)) AS kind
RETURN rule AS rule, segment AS segment, sum(CASE WHEN kind IN $acted THEN 1 ELSE 0 END) AS acted,
       sum(CASE WHEN kind IN $against THEN 1 ELSE 0 END) AS against
ORDER BY rule, segment
