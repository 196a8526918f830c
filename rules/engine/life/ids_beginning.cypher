// Signals whose ids begin so. One row per signal.
MATCH (signal:Signal)
WHERE signal.id STARTS WITH $beginning
RETURN signal.id AS signal_id
ORDER BY signal_id
LIMIT 3
