// Quote lines and price indexes.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT quote_item_id IF NOT EXISTS FOR (node:QuoteItem) REQUIRE (node.id) IS UNIQUE;
CREATE CONSTRAINT price_index_id IF NOT EXISTS FOR (node:PriceIndex) REQUIRE (node.id) IS UNIQUE;
