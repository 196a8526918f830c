// Notes how a signal ended, and closes it. One row per signal.
MATCH (signal:Signal {id: $signal_id})
WITH signal, signal.state AS before
MERGE (outcome:Outcome {id: $outcome_id})
ON CREATE SET outcome.first_seen_at = datetime($moment)
SET outcome.kind = $kind, outcome.amount = $amount, outcome.currency = $currency,
    outcome.at = datetime($moment), outcome.last_seen_at = datetime($moment)
MERGE (outcome)-[:OF_SIGNAL]->(signal)
SET signal.state = 'closed', signal.state_reason = $kind, signal.state_since = datetime($moment),
    signal.resumes_as = null, signal.snoozed_until = null, signal.snoozed_evidence = null
RETURN signal.id AS signal_id, signal.rule AS rule, before AS before, signal.state AS state
ORDER BY signal_id
