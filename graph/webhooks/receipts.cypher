// The newest receipts of a webhook. One row per receipt.
MATCH (receipt:WebhookReceipt {webhook: $webhook}) WHERE $scope IS NULL AND receipt.at IS NOT NULL
RETURN receipt.event AS event, receipt.attempt AS attempt, toString(receipt.at) AS at,
       receipt.outcome AS outcome, receipt.status AS status, receipt.seconds AS seconds,
       receipt.error AS error
ORDER BY at DESC, event, attempt DESC
LIMIT $most
