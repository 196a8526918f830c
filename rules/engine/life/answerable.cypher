// A signal with what proves it, where its account may be seen. One row per signal.
MATCH (signal:Signal {id: $signal_id})
WHERE $scope IS NULL OR EXISTS { (signal)-[:OF_ACCOUNT]->(holder:Account) WHERE holder.id IN $scope }
RETURN signal.state AS state, signal.evidence AS evidence
ORDER BY state
