// The accounts whose signals things prove, or are the subject of: pairs in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (thing) WHERE elementId(thing) = element
MATCH (thing)<-[:PROVED_BY|ABOUT]-(:Signal)-[:OF_ACCOUNT]->(next:Account)
WITH DISTINCT element, next, labels(next)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(next)) AS nexts, collect(next.id) AS ids
ORDER BY label
