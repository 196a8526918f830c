// The market segment of accounts. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})
RETURN account.id AS account_id, coalesce(account.segment, '') AS segment
ORDER BY account_id
