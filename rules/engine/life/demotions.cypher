// Rules that went to shadow by themselves, each with its last time. One row per rule.
MATCH (demotion:Demotion)
WITH demotion ORDER BY demotion.at, demotion.id
WITH demotion.rule AS rule, last(collect(demotion)) AS latest
RETURN rule AS rule, latest.id AS demotion_id, latest.valid_on AS valid_on,
       latest.reason AS reason, toString(latest.lifted_at) AS lifted_at
ORDER BY rule
