// Takes back the newest answer to a signal that stands. One row per signal.
MATCH (signal:Signal {id: $signal_id})<-[:ON_SIGNAL]-(disposition:Disposition)
WHERE disposition.withdrawn_at IS NULL
WITH signal, signal.state AS before, disposition
ORDER BY disposition.at DESC, disposition.id LIMIT 1
SET disposition.withdrawn_at = datetime($moment), signal.state = disposition.before,
    signal.state_reason = 'an answer was taken back: ' + disposition.kind,
    signal.state_since = datetime($moment), signal.snoozed_until = null,
    signal.snoozed_evidence = null, signal.resumes_as = null
RETURN signal.id AS signal_id, signal.rule AS rule, before AS before, signal.state AS state
ORDER BY signal_id
