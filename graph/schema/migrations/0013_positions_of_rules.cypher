// Positions of rules.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT rule_position_id IF NOT EXISTS FOR (node:RulePosition) REQUIRE (node.id) IS UNIQUE;
