// Companies that share a deal, an owner or a branch with companies: pairs in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (thing:LegalEntity) WHERE elementId(thing) = element
CALL (thing) {
  MATCH (thing)<-[:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]-(:CorporateEvent)
    -[:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]->(next:LegalEntity)
  RETURN next
  UNION
  MATCH (thing)-[:OWNS|FORMER_OWNS|PLANNED_OWNS|INTERNATIONAL_BRANCH_OF|FORMER_INTERNATIONAL_BRANCH_OF]-(next:LegalEntity)
  RETURN next
}
WITH DISTINCT element, next, labels(next)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(next)) AS nexts, collect(next.id) AS ids
ORDER BY label
