// Every source that was ever loaded, how its last load went, and whether it is fresh. One row per source.
// Public: how our sources do, of no customer.
MATCH (system:SourceSystem)
OPTIONAL MATCH (run:LoadRun)-[:OF]->(system)
WITH system, run ORDER BY run.moment DESC, run.id
WITH system, collect(run) AS runs
WITH system, runs[0] AS latest, head([run IN runs WHERE run.status = 'COMPLETE']) AS complete,
     size([run IN runs WHERE run.closing = 'held']) AS held
RETURN system.id AS source_id, system.name AS name, system.owner AS owner, system.holds AS holds,
       system.precedence AS precedence, system.freshness_sla AS freshness_sla,
       latest.id AS latest_run_id, latest.status AS latest_status, latest.reason AS latest_reason,
       toString(complete.moment) AS complete_at, complete.as_of AS complete_as_of,
       complete IS NULL OR complete.moment + duration(coalesce(system.freshness_sla, 'P36500D'))
         < datetime($now) AS is_stale,
       held AS held_runs
ORDER BY source_id
