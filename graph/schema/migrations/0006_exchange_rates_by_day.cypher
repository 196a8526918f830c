// Exchange rates by day.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT payment_id IF NOT EXISTS FOR (node:Payment) REQUIRE (node.id) IS UNIQUE;
CREATE CONSTRAINT exchange_rate_id IF NOT EXISTS FOR (node:ExchangeRate) REQUIRE (node.id) IS UNIQUE;
CREATE INDEX exchange_rate_currency_base_on IF NOT EXISTS FOR (node:ExchangeRate) ON (node.currency, node.base, node.on);
