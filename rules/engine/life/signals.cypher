// Signals as they stand. One row per signal.
UNWIND $signal_ids AS id
MATCH (signal:Signal {id: id})
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account:Account)
OPTIONAL MATCH (signal)-[:ABOUT]->(subject)
RETURN signal.id AS signal_id, signal.rule AS rule, signal.identity AS identity,
       signal.state AS state, signal.state_reason AS state_reason,
       signal.resumes_as AS resumes_as, signal.snoozed_until AS snoozed_until,
       signal.snoozed_evidence AS snoozed_evidence, toString(signal.opened_at) AS opened_at,
       toString(signal.state_since) AS state_since, signal.message AS message,
       signal.act_by AS act_by, signal.value AS value, signal.names AS names,
       signal.systems AS systems, signal.evidence_hash AS evidence_hash,
       signal.shown_on AS shown_on,
       account.id AS account_id, subject.id AS subject_id,
       signal.confidence AS confidence, signal.score AS score, signal.score_parts AS score_parts
ORDER BY rule, signal_id
