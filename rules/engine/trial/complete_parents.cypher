// Puts parents of a test that name no view into the legal and the commercial one. One row per count of them.
MATCH (child)-[fact:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]->(parent)
WHERE fact.view IS NULL
SET fact.view = 'legal', fact.controlling = coalesce(fact.controlling, true)
CREATE (child)-[twin:$(type(fact))]->(parent)
SET twin = properties(fact), twin.view = 'commercial'
RETURN count(fact) AS completed
ORDER BY completed
