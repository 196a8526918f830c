// How many signals of each rule are in each state. One row per rule and state.
MATCH (signal:Signal)
WHERE $scope IS NULL
  OR EXISTS { (signal)-[:OF_ACCOUNT]->(holder:Account) WHERE holder.id IN $scope }
RETURN signal.rule AS rule_id, signal.state AS state, count(signal) AS signal_count
ORDER BY rule_id, state
