// The links without clocks that records draw. One row per link.
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(start)
WITH DISTINCT key, start
MATCH (start)-[link]->(end)
WHERE type(link) IN $types AND link.record STARTS WITH key
RETURN key AS key, type(link) AS type, start.id AS start_id, end.id AS end_id
ORDER BY key, type, start_id, end_id
