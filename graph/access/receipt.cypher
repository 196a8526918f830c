// What was answered to a decision that was done. One row per entry.
MATCH (entry:AuditEntry {receipt: $receipt})
RETURN entry.content_hash AS content_hash, entry.answer AS answer
ORDER BY content_hash
