// Ends that a rule is in shadow by itself. One row per time that stood.
MATCH (demotion:Demotion {rule: $rule})
WHERE demotion.lifted_at IS NULL
SET demotion.lifted_at = datetime($moment), demotion.lifted_by = $lifted_by,
    demotion.last_seen_at = datetime($moment)
RETURN demotion.id AS demotion_id, demotion.valid_on AS valid_on, demotion.reason AS reason
ORDER BY valid_on, demotion_id
