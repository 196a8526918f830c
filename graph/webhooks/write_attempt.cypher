// Writes what came of an attempt, for who holds the lease, and how far the webhook came unless somebody changed it since it was read. One row per webhook.
MATCH (:Lease {id: $lease, holder: $holder})
MATCH (webhook:Webhook {id: $webhook.id})
FOREACH (receipt IN $receipts | CREATE (:WebhookReceipt {
  id: randomUUID(), webhook: $webhook.id, event: receipt.event, attempt: receipt.attempt,
  at: datetime(receipt.at), outcome: receipt.outcome, status: receipt.status,
  seconds: receipt.seconds, error: receipt.error}))
SET webhook.revision = webhook.revision  // holds it until the end
WITH webhook, webhook.revision = $webhook.revision AS is_current
FOREACH (now IN CASE WHEN is_current THEN [$webhook] ELSE [] END |
  SET webhook += now, webhook.revision = webhook.revision + 1,
      webhook.former_until = datetime(now.former_until),
      webhook.failing_since = datetime(now.failing_since),
      webhook.due_at = datetime(now.due_at), webhook.created_at = datetime(now.created_at))
RETURN is_current AS is_current, webhook.id AS webhook_id
ORDER BY webhook_id
