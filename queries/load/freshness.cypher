// How fresh every source was on a day, else on the newest day that any complete load speaks of. One row per source.
// Public: how fresh our sources are, of no customer.
MATCH (system:SourceSystem)
OPTIONAL MATCH (run:LoadRun {source: system.id})
WHERE run.status IN ['COMPLETE', 'PARTIAL', 'FAILED']
  AND coalesce(run.as_of, date(run.moment)) <= coalesce(date($valid_on), date())
WITH system, run ORDER BY run.moment DESC, run.id
WITH system, collect(run) AS runs
WITH system, runs[0] AS latest, head([run IN runs WHERE run.status = 'COMPLETE']) AS complete
WITH system, latest, coalesce(complete.as_of, date(complete.moment)) AS as_of
WITH collect([system, latest, as_of]) AS rows, coalesce(date($valid_on), max(as_of)) AS day
UNWIND rows AS row
WITH row[0] AS system, row[1] AS latest, row[2] AS as_of, day
RETURN system.id AS source_id, system.name AS name, system.holds AS holds, day AS day, as_of AS as_of,
       system.freshness_sla AS freshness_sla,
       as_of IS NULL OR datetime({date: day})
         > datetime({date: as_of}) + duration(coalesce(system.freshness_sla, 'P36500D')) AS is_stale,
       latest.status AS latest_status, latest.reason AS latest_reason
ORDER BY source_id
