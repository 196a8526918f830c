// What the signals that things prove are about: pairs in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (thing) WHERE elementId(thing) = element
MATCH (thing)<-[:PROVED_BY|ABOUT]-(:Signal)-[:ABOUT]->(next)
WITH DISTINCT element, next, labels(next)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(next)) AS nexts, collect(next.id) AS ids
ORDER BY label
