// Decisions, the newest first. One row per entry.
MATCH (entry:AuditEntry)
WHERE ($principal IS NULL OR $principal IN [entry.principal, entry.principal_name])
  AND ($since IS NULL OR entry.at >= datetime($since))
RETURN toString(entry.at) AS at, entry.principal AS principal,
       entry.principal_name AS principal_name, entry.role AS role, entry.act AS act,
       entry.subject AS subject, entry.outcome AS outcome, entry.code AS code,
       entry.reason AS reason, entry.details AS details, entry.purpose AS purpose,
       entry.request_id AS request_id, entry.client_mutation_id AS client_mutation_id,
       entry.id AS entry_id
ORDER BY at DESC, outcome DESC, entry_id
LIMIT $limit
