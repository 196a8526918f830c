// What companies buy, sign and are offered, in any tense: pairs in columns of one length. One row per label.
UNWIND $elements AS element
MATCH (company:LegalEntity) WHERE elementId(company) = element
CALL (company) {
  MATCH (company)-[:PLAYS|FORMER_PLAYS|PLANNED_PLAYS]->(:Customer)
    -[:PARTY_TO|FORMER_PARTY_TO|PLANNED_PARTY_TO]->(next:Agreement)
  RETURN next
  UNION
  MATCH (company)-[:PLAYS|FORMER_PLAYS|PLANNED_PLAYS]->(:Customer)
    -[:PARTY_TO|FORMER_PARTY_TO|PLANNED_PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
    -[:GOVERNS|FORMER_GOVERNS|PLANNED_GOVERNS]->(next:Product)
  RETURN next
  UNION
  MATCH (company)-[:PLAYS|FORMER_PLAYS|PLANNED_PLAYS]->(:Customer)
    -[:BILLED_BY|FORMER_BILLED_BY|PLANNED_BILLED_BY]->(next:BillingAccount)
  RETURN next
  UNION
  MATCH (company)-[:PLAYS|FORMER_PLAYS|PLANNED_PLAYS]->(:Customer)
    -[:BILLED_BY|FORMER_BILLED_BY|PLANNED_BILLED_BY]->(:BillingAccount)<-[:ON]-(:Bill)
    -[:HAS_CHARGE]->(:Charge)-[:FOR]->(next:Product)
  RETURN next
  UNION
  MATCH (company)<-[:CONCERNS]-(next:Opportunity)
  RETURN next
}
CALL (next) {
  RETURN next AS thing
  UNION
  MATCH (next)-[:REALIZED_BY|FORMER_REALIZED_BY|PLANNED_REALIZED_BY]->(thing:Service)
  RETURN thing
}
WITH DISTINCT element, thing, labels(thing)[0] AS label
RETURN label AS label, collect(element) AS elements, collect(elementId(thing)) AS nexts, collect(thing.id) AS ids
ORDER BY label
