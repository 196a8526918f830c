// Notes a decision for ever. One row per entry.
CREATE (entry:AuditEntry {id: $id, principal: $principal, principal_name: $principal_name,
  role: $role, act: $act, subject: $subject, at: datetime($at), request_id: $request_id,
  purpose: $purpose, details: $details, content_hash: $content_hash, outcome: $outcome,
  code: $code, reason: $reason, client_mutation_id: $client_mutation_id, receipt: $receipt,
  answer: $answer})
RETURN entry.id AS entry_id
ORDER BY entry_id
