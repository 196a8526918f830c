// What proved a signal when it was last found, as JSON. One row per signal.
MATCH (signal:Signal {id: $signal_id})
RETURN signal.evidence AS evidence
ORDER BY evidence
