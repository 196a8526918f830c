// The webhook with an id, and through whose eyes it sees. One row per webhook.
MATCH (webhook:Webhook {id: $id}) WHERE $scope IS NULL
MATCH (principal:Principal {id: webhook.principal})
RETURN webhook {.*, former_until: toString(webhook.former_until),
         failing_since: toString(webhook.failing_since), due_at: toString(webhook.due_at),
         created_at: toString(webhook.created_at)} AS webhook,
       principal {.*, created_at: null} AS principal
ORDER BY webhook.id
