// The companies in accounts' families as they are kept now. One row per company.
UNWIND $account_ids AS account_id
MATCH (:Account {id: account_id})<-[:IN_FAMILY]-(entity:LegalEntity)
RETURN DISTINCT entity.id AS entity_id
ORDER BY entity_id
