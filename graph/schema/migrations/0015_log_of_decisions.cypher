// The log of decisions: each done once by its receipt.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT audit_entry_id IF NOT EXISTS FOR (node:AuditEntry) REQUIRE (node.id) IS UNIQUE;
CREATE CONSTRAINT audit_entry_receipt IF NOT EXISTS FOR (node:AuditEntry) REQUIRE (node.receipt) IS UNIQUE;
CREATE INDEX audit_entry_at IF NOT EXISTS FOR (node:AuditEntry) ON (node.at);
