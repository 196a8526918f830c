// Loads since a moment that wrote anything, and sources whose order changed since. One row per load.
MATCH (run:LoadRun)
WHERE run.moment > datetime($moment)
OPTIONAL MATCH (system:SourceSystem {id: run.source})
WHERE system.precedence_since > datetime($moment)
RETURN run.id AS load_id, run.source AS source_id, run.mode AS mode,
       coalesce(run.closed, 0) > 0 AS has_closed, toString(run.moment) AS moment,
       system IS NOT NULL AS is_reordered
ORDER BY load_id
