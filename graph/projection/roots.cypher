// The tops of the accounts' families, those that we knew first first. One row per top of an account.
MATCH (account:Account)-[fact:ROOTED_AT]->(root:LegalEntity)
RETURN account.id AS account_id, root.id AS root_id, fact.recorded_from AS recorded_from
ORDER BY recorded_from, account_id, root_id
