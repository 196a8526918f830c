// The companies that accounts are sold to through, by account: how most rules begin. One row per company.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
RETURN account.id AS account_id, entity.id AS entity_id
ORDER BY account_id, entity_id
