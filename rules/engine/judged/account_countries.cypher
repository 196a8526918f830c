// The country of the company that each account is rooted at, where it is known. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})-[:ROOTED_AT]->(root:LegalEntity)
WITH account, left(coalesce(root.jurisdiction, root.hq_country), 2) AS country, root
WHERE country IS NOT NULL
WITH account, country ORDER BY root.id
RETURN account.id AS account_id, head(collect(country)) AS country
ORDER BY account_id
