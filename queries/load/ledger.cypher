// What every source has delivered up to a day and what became of it. One row per source.
MATCH (system:SourceSystem)
MATCH (run:LoadRun {source: system.id})
WHERE run.mode IN ['full', 'delta'] AND run.status IN ['COMPLETE', 'PARTIAL', 'FAILED']
  AND run.as_of <= date($valid_on) AND $scope IS NULL
WITH system, run ORDER BY run.moment, run.id
WITH system, collect(run) AS runs
CALL (system) {
  OPTIONAL MATCH (waiting:Quarantined {source: system.id, status: 'open'})
  RETURN count(waiting) AS open_count
}
RETURN system.id AS source_id, system.name AS name, size(runs) AS load_count,
       reduce(total = 0, run IN runs | total + coalesce(run.expected, 0)) AS expected,
       size([run IN runs WHERE run.expected IS NOT NULL]) AS announced_count,
       reduce(total = 0, run IN runs | total + run.read) AS read,
       reduce(total = 0, run IN runs | total + run.rejected) AS rejected,
       open_count AS waiting,
       size([run IN runs WHERE run.closing = 'held']) AS held_count,
       [run IN runs WHERE run.status <> 'COMPLETE' |
         [toString(run.as_of), run.status, coalesce(run.reason, '')]] AS faults
ORDER BY source_id
