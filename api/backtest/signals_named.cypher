// Living signals with the references of the nodes that they name. One row per signal.
MATCH (signal:Signal)
WHERE signal.state IN $states
OPTIONAL MATCH (signal)-[:ABOUT|OF_ACCOUNT|PROVED_BY]->(node)
WITH signal, node ORDER BY node.id
RETURN signal.id AS signal_id, signal.rule AS rule, signal.state AS state,
       signal.identity AS identity, signal.message AS message,
       collect(DISTINCT [node.id, node.reference]) AS nodes
ORDER BY signal_id
