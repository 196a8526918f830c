// What is being sold to companies, with the newest quote for it. One row per opportunity that is not decided.
WITH date($valid_on) AS day
CALL {
  MATCH (entity:LegalEntity)<-[:CONCERNS]-(opportunity:Opportunity)
  WHERE entity.id IN $entity_ids AND ($scope IS NULL OR EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  RETURN opportunity
  UNION
  MATCH (account:Account)<-[:FOR_ACCOUNT]-(opportunity:Opportunity)
  WHERE account.id IN $account_ids AND ($scope IS NULL OR account.id IN $scope)
  RETURN opportunity
}
WITH opportunity, day
WHERE opportunity.lost_on IS NULL AND coalesce(opportunity.probability, 0.5) > 0
  AND coalesce(opportunity.probability, 0.5) < 1
OPTIONAL MATCH (record:SourceRecord {id: opportunity.record})
WITH opportunity, day, record.system AS source_id, head(COLLECT {
  MATCH (quote:Quote)-[:QUOTES]->(opportunity) WHERE coalesce(quote.created_on <= day, true)
  RETURN quote ORDER BY quote.created_on DESC, toInteger(quote.version) DESC, quote.id LIMIT 1
}) AS quote
OPTIONAL MATCH (said:SourceRecord {id: quote.record})
RETURN opportunity.id AS opportunity_id, opportunity.reference AS reference,
       opportunity.kind AS kind, opportunity.stage AS stage,
       opportunity.stage_since AS stage_since, opportunity.probability AS probability,
       opportunity.amount AS amount, opportunity.currency AS currency,
       opportunity.close_on AS close_on, coalesce(opportunity.close_on < day, false) AS is_late,
       opportunity.competitor AS competitor, quote.number AS quote, quote.state AS quote_state,
       quote.amount AS quote_amount, quote.currency AS quote_currency,
       quote.valid_to AS quote_valid_to, source_id AS source_id, said.system AS quote_source_id
ORDER BY close_on, opportunity_id
