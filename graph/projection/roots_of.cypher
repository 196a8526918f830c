// The tops of these accounts' families, those that we knew first first. One row per top of an account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})-[fact:ROOTED_AT]->(root:LegalEntity)
RETURN account.id AS account_id, root.id AS root_id, fact.recorded_from AS recorded_from
ORDER BY recorded_from, account_id, root_id
