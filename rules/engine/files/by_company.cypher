// The same companies with their accounts, by company: how rules within one company begin. One row per company.
UNWIND $entity_ids AS entity_id
MATCH (account:Account)<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity {id: entity_id})
RETURN account.id AS account_id, entity.id AS entity_id
ORDER BY account_id, entity_id
