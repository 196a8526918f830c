// The versions of a rule that ran, the newest first. One row per version.
MATCH (run:RuleRun {rule: $rule})
WITH run.rule_hash AS rule_hash, max(run.started_at) AS ran_at
RETURN rule_hash AS rule_hash
ORDER BY ran_at DESC, rule_hash
