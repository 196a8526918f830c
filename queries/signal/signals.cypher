// What rules say should be done, the most valuable and urgent first. One row per signal.
MATCH (signal:Signal)
WHERE signal.state IN $states AND ($rule_id IS NULL OR signal.rule = $rule_id)
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account:Account)
WITH signal, account
WHERE ($account_id IS NULL OR account.id = $account_id)
  AND ($scope IS NULL OR account.id IN $scope)
OPTIONAL MATCH (seller:Seller {id: signal.owner})
OPTIONAL MATCH (signal)-[:INHIBITED_BY]->(by:Signal)
WHERE $scope IS NULL OR EXISTS { (by)-[:OF_ACCOUNT]->(holder:Account) WHERE holder.id IN $scope }
RETURN signal.id AS signal_id, signal.rule AS rule_id, signal.state AS state,
       signal.state_reason AS state_reason, signal.severity AS severity,
       signal.message AS message, signal.action AS action, signal.act_by AS act_by,
       coalesce(signal.value, []) AS value, signal.score AS score,
       account.id AS account_id, account.name AS account_name, seller.name AS owner_name,
       toString(signal.opened_at) AS opened_at, signal.valid_on AS valid_on, by.id AS inhibited_by
ORDER BY coalesce(score, -1.0) DESC, act_by, signal_id
LIMIT $limit
