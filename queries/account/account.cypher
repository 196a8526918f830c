// Accounts as they stand, asked by their ids: who sells to them, where they begin, how large they are. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})
WHERE $scope IS NULL OR account.id IN $scope
OPTIONAL MATCH (record:SourceRecord {id: account.record})
WITH DISTINCT account, record, head(COLLECT {
  MATCH (account)-[:ROOTED_AT]->(root:LegalEntity) RETURN root ORDER BY root.id LIMIT 1
}) AS root
RETURN account.id AS account_id, account.name AS name, account.reference AS reference,
       account.tier AS tier, account.segment AS segment, root.id AS root_id,
       coalesce(root.hq_country, left(root.jurisdiction, 2)) AS country,
       COLLECT {
         MATCH (account)<-[:COVERS]-(seller:Seller)
         RETURN DISTINCT coalesce(seller.name, seller.email, seller.id) AS name ORDER BY name
         LIMIT 25
       } AS seller_names,
       COUNT { MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(entity) RETURN DISTINCT entity }
         AS company_count,
       COUNT { (account)<-[:OF_ACCOUNT]-(signal:Signal) WHERE signal.state IN $states }
         AS signal_count,
       record.system AS source_id, toString(account.first_seen_at) AS first_seen_at,
       toString(account.last_seen_at) AS last_seen_at
ORDER BY account_id
