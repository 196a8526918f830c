// How each rule ran last. One row per rule.
MATCH (run:RuleRun) WHERE $scope IS NULL
WITH run ORDER BY run.valid_on DESC, run.started_at DESC, run.id
WITH run.rule AS rule, head(collect(run)) AS latest
OPTIONAL MATCH (demotion:Demotion {rule: rule}) WHERE demotion.lifted_at IS NULL
WITH rule, latest, demotion ORDER BY demotion.at DESC, demotion.id
WITH rule, latest, head(collect(demotion)) AS demotion
RETURN rule AS rule_id, latest.status AS status, latest.mode AS mode, latest.reason AS reason,
       latest.valid_on AS valid_on, latest.found AS found, latest.opened AS opened,
       latest.kept AS kept, latest.cleared AS cleared, latest.inhibited AS inhibited,
       latest.blind AS blind, latest.milliseconds AS milliseconds,
       demotion.valid_on AS demoted_on, demotion.reason AS demoted_because
ORDER BY rule_id
