// What each system holds, and the day of its last complete load up to a day. One row per system.
MATCH (system:SourceSystem)
OPTIONAL MATCH (run:LoadRun {source: system.id})
WHERE run.status = 'COMPLETE' AND run.mode IN ['full', 'delta']
  AND coalesce(run.as_of, date(run.moment)) <= $today
RETURN system.id AS source_id, coalesce(system.holds, []) AS holds,
       max(coalesce(run.as_of, date(run.moment))) AS complete_on
ORDER BY source_id
