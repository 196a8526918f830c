// Demotions of rules.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT demotion_id IF NOT EXISTS FOR (node:Demotion) REQUIRE (node.id) IS UNIQUE;
