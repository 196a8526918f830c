// What stands on the nodes that records describe. One row per node.
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(node)
WITH DISTINCT node
RETURN labels(node)[0] AS label, node.id AS id,
       [name IN keys(node) WHERE toStringOrNull(node[name]) IS NOT NULL
        | [name, toString(node[name])]] AS properties
ORDER BY label, id
