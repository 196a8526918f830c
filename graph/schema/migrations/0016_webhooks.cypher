// Webhooks.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT webhook_id IF NOT EXISTS FOR (node:Webhook) REQUIRE (node.id) IS UNIQUE;
CREATE INDEX webhook_principal IF NOT EXISTS FOR (node:Webhook) ON (node.principal);
CREATE CONSTRAINT webhook_receipt_id IF NOT EXISTS FOR (node:WebhookReceipt) REQUIRE (node.id) IS UNIQUE;
CREATE INDEX webhook_receipt_at IF NOT EXISTS FOR (node:WebhookReceipt) ON (node.at);
CREATE INDEX webhook_receipt_webhook_at IF NOT EXISTS FOR (node:WebhookReceipt) ON (node.webhook, node.at);
