// Interactions.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT interaction_id IF NOT EXISTS FOR (node:Interaction) REQUIRE (node.id) IS UNIQUE;
