// The accounts whose families companies are in as they are kept now. One row per account.
UNWIND $entity_ids AS entity_id
MATCH (:LegalEntity {id: entity_id})-[:IN_FAMILY]->(account:Account)
RETURN DISTINCT account.id AS account_id
ORDER BY account_id
