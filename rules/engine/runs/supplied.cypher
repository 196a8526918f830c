// The accounts that systems supply, or whose signals they prove. One row per system and account.
UNWIND $system_ids AS system_id
CALL (system_id) {
  MATCH (:SourceSystem {id: system_id})-[:SUPPLIES]->(account:Account) RETURN account
  UNION
  MATCH (signal:Signal)-[:OF_ACCOUNT]->(account:Account)
  WHERE system_id IN signal.systems
  RETURN account
}
RETURN DISTINCT system_id AS system_id, account.id AS account_id
ORDER BY system_id, account_id
