// Signals whose ids begin so, or all, with what they said when they were last found, the oldest first. One row per signal.
MATCH (signal:Signal)
WHERE signal.evidence IS NOT NULL
  AND ($beginnings = [] OR any(beginning IN $beginnings WHERE signal.id STARTS WITH beginning))
RETURN signal.id AS signal_id, signal.rule AS rule, signal.rule_hash AS rule_hash,
       signal.parameters AS parameters, signal.identity AS identity, signal.valid_on AS valid_on,
       toString(signal.known_at) AS known_at, signal.message AS message, signal.act_by AS act_by,
       coalesce(signal.value, []) AS value, signal.evidence AS evidence
ORDER BY signal.known_at, rule, rule_hash, signal_id
