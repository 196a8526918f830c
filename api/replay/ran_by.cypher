// The version of each rule that had last run by a moment. One row per rule.
MATCH (run:RuleRun)
WHERE run.started_at <= datetime($moment) AND run.rule_hash IS NOT NULL
WITH run ORDER BY run.started_at DESC, run.id
WITH run.rule AS rule, head(collect(run.rule_hash)) AS rule_hash
RETURN rule AS rule, rule_hash AS rule_hash
ORDER BY rule
