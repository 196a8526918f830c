// Price rules.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT price_rule_id IF NOT EXISTS FOR (node:PriceRule) REQUIRE (node.id) IS UNIQUE;
