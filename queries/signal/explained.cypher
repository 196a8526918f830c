// Everything that a signal stands on. One row per signal.
MATCH (signal:Signal)
WHERE signal.id STARTS WITH $signal_id
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account:Account)
WITH signal, account WHERE $scope IS NULL OR account.id IN $scope
OPTIONAL MATCH (seller:Seller {id: signal.owner})
OPTIONAL MATCH (signal)-[:INHIBITED_BY]->(by:Signal)
WHERE $scope IS NULL OR EXISTS { (by)-[:OF_ACCOUNT]->(holder:Account) WHERE holder.id IN $scope }
RETURN signal.id AS signal_id, signal.rule AS rule_id, signal.rule_hash AS rule_hash,
       signal.state AS state, signal.state_reason AS state_reason,
       toString(signal.state_since) AS state_since, signal.severity AS severity,
       signal.message AS message, signal.action AS action, signal.clears_if AS clears_if,
       signal.act_by AS act_by, coalesce(signal.value, []) AS value, signal.score AS score,
       account.id AS account_id, account.name AS account_name, seller.name AS owner_name,
       toString(signal.opened_at) AS opened_at, signal.valid_on AS valid_on,
       toString(signal.known_at) AS known_at, by.id AS inhibited_by,
       by.message AS inhibited_by_message, signal.score_parts AS score_parts,
       signal.parameters AS parameters, signal.identity AS identity, signal.evidence AS evidence
ORDER BY signal_id
