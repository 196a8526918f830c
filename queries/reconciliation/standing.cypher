// How the subjects of earlier findings stand now: in the inventory, on bills and on paper. One row per subject.
UNWIND $subject_ids AS wanted
MATCH (subject:Product|Service|BillingAccount|Bill|Agreement|AgreementItem|LegalEntity {id: wanted})
WITH DISTINCT subject
WHERE $scope IS NULL OR EXISTS {
    (subject)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
      -[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope } OR EXISTS {
    (subject)-[:ON]->(:BillingAccount)<-[:BILLED_BY]-(:Customer)<-[:PLAYS]-(:LegalEntity)
      -[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope }
OPTIONAL CALL (subject) {
  MATCH (subject)-[:REALIZED_BY*0..1]->(service:Service)
  RETURN service ORDER BY coalesce(service.state, ''), service.id LIMIT 1
}
OPTIONAL CALL (subject, service) {
  UNWIND [subject, service] AS thing
  MATCH (thing)<-[:FOR]-(charge:Charge {kind: 'recurring'})<-[:HAS_CHARGE]-(bill:Bill)
  WHERE bill.issued_on <= date($on)
  RETURN charge ORDER BY charge.period_from DESC, charge.id LIMIT 1
}
OPTIONAL CALL (subject) {
  MATCH (subject)<-[:GOVERNS]-(item:AgreementItem)
  RETURN item ORDER BY item.ends_on DESC, item.id LIMIT 1
}
RETURN subject.id AS subject_id, subject.stub IS NOT NULL AS is_stub,
       coalesce(service.state, subject.state, subject.status) AS state,
       coalesce(service.ceased_on, subject.ended_on) AS ended_on,
       charge.period_from AS charged_for, charge.currency AS currency, charge.amount AS charged,
       item IS NOT NULL AS is_governed, coalesce(item.ends_on, subject.ends_on) AS agreed_until,
       EXISTS { MATCH (subject)<-[:BILLED_BY]-(:Customer) } AS has_customer
ORDER BY subject_id
