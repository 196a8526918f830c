// Signals by state.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE INDEX signal_state IF NOT EXISTS FOR (node:Signal) ON (node.state);
