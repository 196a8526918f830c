// One step inside groups of companies: parents, children and who stands below an account: steps in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (thing) WHERE elementId(thing) = element
CALL (thing) {
  MATCH (thing:Account)<-[:IN_FAMILY]-(next:LegalEntity)
  RETURN next
  UNION
  MATCH (thing:LegalEntity)-[:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]-(next:LegalEntity)
  RETURN next
}
WITH DISTINCT element, next, labels(next)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(next)) AS nexts, collect(next.id) AS ids
ORDER BY label
