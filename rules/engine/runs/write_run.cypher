// Notes how one rule ran. One row per run.
MERGE (run:RuleRun {id: $run.id})
ON CREATE SET run.first_seen_at = datetime($moment)
SET run += $run, run.valid_on = $today, run.last_seen_at = datetime($moment),
    run.started_at = datetime($started_at), run.ended_at = datetime($ended_at)
RETURN run.id AS run_id
ORDER BY run_id
