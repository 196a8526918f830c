// What proved signals when they were last found, as JSON. One row per signal.
UNWIND $signal_ids AS signal_id
MATCH (signal:Signal {id: signal_id})
RETURN signal.id AS signal_id, signal.evidence AS evidence
ORDER BY signal_id
