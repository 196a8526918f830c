// Values of a signal's evidence that are shown from another record than the node's own. One row per node with any.
MATCH (signal:Signal {id: $signal_id})-[:PROVED_BY]->(node)
MATCH (record:SourceRecord)-[claim:CLAIMS]->(node)
UNWIND coalesce(claim.won, []) AS property
WITH node, property, record ORDER BY property, record.id
RETURN node.id AS node_id, collect([property, record.system]) AS shown
ORDER BY node_id
