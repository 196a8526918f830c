// Who pays for things: steps in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (thing:Product|Service) WHERE elementId(thing) = element
MATCH (thing)<-[:FOR]-(:Charge)<-[:HAS_CHARGE]-(:Bill)-[:ON]->(next:BillingAccount)
WITH DISTINCT element, next, labels(next)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(next)) AS nexts, collect(next.id) AS ids
ORDER BY label
