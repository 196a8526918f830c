// All webhooks in the order in which they were made, and through whose eyes each sees. One row per webhook.
MATCH (webhook:Webhook) WHERE $scope IS NULL
MATCH (principal:Principal {id: webhook.principal})
RETURN webhook {.*, former_until: toString(webhook.former_until),
         failing_since: toString(webhook.failing_since), due_at: toString(webhook.due_at),
         created_at: toString(webhook.created_at)} AS webhook,
       principal {.*, created_at: null} AS principal
ORDER BY webhook.created_at, webhook.id
