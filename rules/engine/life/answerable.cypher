// Signals whose ids begin so, with what proves them. One row per signal.
MATCH (signal:Signal)
WHERE signal.id STARTS WITH $signal_id
RETURN signal.id AS signal_id, signal.state AS state, signal.evidence AS evidence
ORDER BY signal_id
LIMIT 3
