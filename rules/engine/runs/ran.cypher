// Versions of rules that ran to their end on a day. One row per rule and version.
MATCH (run:RuleRun)
WHERE run.valid_on = $today AND run.status IN ['COMPLETE', 'BLIND', 'FAILED']
RETURN DISTINCT run.rule AS rule, run.rule_hash AS rule_hash
ORDER BY rule, rule_hash
