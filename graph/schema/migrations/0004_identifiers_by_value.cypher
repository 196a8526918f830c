// Identifiers by value.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE INDEX identifier_value IF NOT EXISTS FOR (node:Identifier) ON (node.value);
