// Accounts whose families these companies are in, or come to be in by their parents. One row per account.
UNWIND $entity_ids AS entity_id
MATCH (entity:LegalEntity {id: entity_id})
CALL (entity) {
  MATCH (entity)-[:IN_FAMILY]->(account:Account) RETURN account
  UNION
  MATCH (entity)-[:PARENT_IN]->(:LegalEntity)-[:IN_FAMILY]->(account:Account) RETURN account
  UNION
  MATCH (entity)<-[:ROOTED_AT]-(account:Account) RETURN account
}
RETURN DISTINCT account.id AS account_id
ORDER BY account_id
