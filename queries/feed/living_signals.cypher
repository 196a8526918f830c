// Signals in these states after an id, of the accounts that the reader sees. One row per signal.
MATCH (signal:Signal)
WHERE signal.id > $after AND signal.state IN $states
  AND ($scope IS NULL
    OR EXISTS { (signal)-[:OF_ACCOUNT]->(account:Account) WHERE account.id IN $scope })
WITH signal ORDER BY signal.id LIMIT $most
RETURN signal.id AS signal_id, signal.rule AS rule_id, signal.state AS state,
       signal.state_reason AS state_reason
ORDER BY signal_id
