// What waits in quarantine of a source, by the run that rejected it. One row per run, oldest first.
MATCH (item:Quarantined {source: $source, status: 'open'})
WITH item.run AS id, collect(item.id) AS items
MATCH (run:LoadRun {id: id})
RETURN id AS id, items AS items
ORDER BY run.moment, id
