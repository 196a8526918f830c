// Notes what a person did about a signal, and puts the signal in its next state. One row per signal.
MATCH (signal:Signal {id: $signal_id})
MERGE (disposition:Disposition {id: $disposition_id})
ON CREATE SET disposition.first_seen_at = datetime($moment)
SET disposition.kind = $kind, disposition.reason = $reason, disposition.by = $answered_by,
    disposition.at = datetime($moment), disposition.until = $until, disposition.wrong = $wrong,
    disposition.wrong_claim = $wrong_claim, disposition.shown_claims = $shown_claims,
    disposition.before = signal.state, disposition.last_seen_at = datetime($moment)
MERGE (disposition)-[:ON_SIGNAL]->(signal)
SET signal.resumes_as = CASE WHEN $state = 'snoozed'
                        THEN coalesce(signal.resumes_as, signal.state) END,
    signal.snoozed_until = CASE WHEN $state = 'snoozed' THEN $until END,
    signal.snoozed_evidence = CASE WHEN $until_change THEN signal.evidence_hash END,
    signal.state = coalesce($state, signal.state), signal.state_reason = $reason,
    signal.state_since = datetime($moment)
RETURN signal.id AS signal_id, signal.rule AS rule, disposition.before AS before,
       signal.state AS state
ORDER BY signal_id
