// Versions of rules that ran to their end, so that the sandbox had nothing against them. One row per version.
MATCH (run:RuleRun {status: 'COMPLETE'})
RETURN DISTINCT run.rule_hash AS rule_hash
ORDER BY rule_hash
