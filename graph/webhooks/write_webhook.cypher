// Writes a webhook, unless somebody changed it since it was read. One row per webhook that was written.
MERGE (webhook:Webhook {id: $webhook.id})
ON CREATE SET webhook.revision = 0
SET webhook.revision = webhook.revision  // holds it until the end
WITH webhook WHERE webhook.revision = $webhook.revision
SET webhook += $webhook, webhook.revision = webhook.revision + 1,
    webhook.former_until = datetime($webhook.former_until),
    webhook.failing_since = datetime($webhook.failing_since),
    webhook.due_at = datetime($webhook.due_at), webhook.created_at = datetime($webhook.created_at)
RETURN webhook.id AS webhook_id
ORDER BY webhook_id
