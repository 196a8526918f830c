// All accounts. One row per account.
MATCH (account:Account)
RETURN account.id AS account_id
ORDER BY account_id
