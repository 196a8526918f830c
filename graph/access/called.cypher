// What of a kind a person means by an id, an address or a name. One row per node.
MATCH (node:Seller|Team|Territory|Account)
WHERE $label IN labels(node) AND $text IN [node.id, node.email, node.name]
RETURN node.id AS node_id, node.name AS name
ORDER BY node_id
LIMIT 10
