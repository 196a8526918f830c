// How each rule ran last. One row per rule.
MATCH (run:RuleRun)
WITH run ORDER BY run.valid_on DESC, run.started_at DESC, run.id
WITH run.rule AS rule, head(collect(run)) AS latest
RETURN rule AS rule_id, latest.status AS status, latest.reason AS reason,
       latest.valid_on AS valid_on, latest.found AS found, latest.opened AS opened,
       latest.kept AS kept, latest.cleared AS cleared, latest.inhibited AS inhibited,
       latest.blind AS blind, latest.milliseconds AS milliseconds
ORDER BY rule_id
