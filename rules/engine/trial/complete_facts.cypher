// Gives facts of a test the clocks that it does not care for. One row per count of them.
MATCH (start)-[fact]->(end)
WHERE type(fact) IN $types AND fact.recorded_to IS NULL
SET fact.id = coalesce(fact.id, start.id + '-' + type(fact) + '-' + end.id),
    fact.valid_from = coalesce(fact.valid_from, date('1900-01-01')),
    fact.valid_to = coalesce(fact.valid_to, date('9999-12-31')),
    fact.recorded_from = coalesce(fact.recorded_from, datetime('1900-01-01T00:00:00Z')),
    fact.recorded_to = datetime('9999-12-31T00:00:00Z')
RETURN count(fact) AS completed
ORDER BY completed
