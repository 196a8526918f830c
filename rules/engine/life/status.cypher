// How each rule ran last, and how many of its signals wait for a day with room. One row per rule that ever ran.
MATCH (run:RuleRun)
WITH run ORDER BY run.valid_on DESC, run.started_at DESC, run.id
WITH run.rule AS rule, head(collect(run)) AS latest
RETURN rule AS rule, latest.rule_hash AS rule_hash, latest.status AS status,
       latest.reason AS reason, latest.valid_on AS valid_on, latest.found AS found,
       latest.opened AS opened, latest.cleared AS cleared, latest.blind AS blind,
       COUNT { (signal:Signal {rule: rule, state: 'candidate'}) } AS waiting
ORDER BY rule
