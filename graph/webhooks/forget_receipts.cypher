// Deletes the oldest receipts, at most so many. One row per deletion.
MATCH (receipt:WebhookReceipt) WHERE receipt.at < datetime($before)
WITH receipt LIMIT $most
DELETE receipt
RETURN count(*) AS forgotten
ORDER BY forgotten
