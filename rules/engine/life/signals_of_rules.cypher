// The signals of rules. One row per signal.
MATCH (signal:Signal)
WHERE signal.rule IN $rules
RETURN signal.id AS signal_id
ORDER BY signal_id
