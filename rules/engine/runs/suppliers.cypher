// Which systems each account's picture stands on. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:SUPPLIES]-(system:SourceSystem)
WITH account, system ORDER BY system.id
RETURN account.id AS account_id, collect(system.id) AS source_ids
ORDER BY account_id
