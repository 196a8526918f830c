// Records by key quarantine by key.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
DROP INDEX source_record_system_record_type_scope IF EXISTS;
DROP CONSTRAINT event_key_subject IF EXISTS;
CREATE INDEX source_record_system_record_type_scope_key IF NOT EXISTS FOR (node:SourceRecord) ON (node.system, node.record_type, node.scope, node.key);
CREATE INDEX quarantined_key IF NOT EXISTS FOR (node:Quarantined) ON (node.key);
