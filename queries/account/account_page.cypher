// Which accounts come next in an order, after a place in it, and how many there are in all. One row per page.
MATCH (account:Account)
WHERE ($scope IS NULL OR account.id IN $scope)
  AND all(word IN $words WHERE toLower(coalesce(account.name, '')) CONTAINS word)
  AND ($tiers IS NULL OR account.tier IN $tiers)
  AND ($segments IS NULL OR account.segment IN $segments)
  AND ($countries IS NULL OR EXISTS {
    (account)-[:ROOTED_AT]->(root:LegalEntity)
    WHERE coalesce(root.hq_country, left(root.jurisdiction, 2)) IN $countries })
  AND ($seller_ids IS NULL OR EXISTS {
    (account)<-[:COVERS]-(seller:Seller) WHERE seller.id IN $seller_ids })
  AND ($has_signals IS NULL OR $has_signals = EXISTS {
    (account)<-[:OF_ACCOUNT]-(signal:Signal) WHERE signal.state IN $states })
WITH collect(account) AS found
CALL (found) {
  UNWIND found AS account
  WITH account.id AS id, CASE $sort
    WHEN 'tier' THEN toLower(coalesce(account.tier, ''))
    WHEN 'company_count' THEN COUNT {
      MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(entity) RETURN DISTINCT entity }
    WHEN 'signal_count' THEN COUNT {
      (account)<-[:OF_ACCOUNT]-(signal:Signal) WHERE signal.state IN $states }
    ELSE toLower(coalesce(account.name, '')) END AS key
  WHERE $after_id IS NULL OR key = $after_key AND id > $after_id
    OR CASE WHEN $descending THEN key < $after_key ELSE key > $after_key END
  WITH id, key
  ORDER BY CASE WHEN NOT $descending THEN key END, CASE WHEN $descending THEN key END DESC, id
  LIMIT $limit
  RETURN collect(id) AS ids, collect(key) AS keys
}
RETURN ids AS ids, keys AS keys, size(found) AS total_count
ORDER BY ids[0]
