// Who covers each account now, its owner first. One row per account that anybody covers.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[covers:COVERS]-(seller:Seller)
WITH account, seller, min(CASE WHEN toLower(covers.role) CONTAINS 'owner' THEN 0 ELSE 1 END) AS rank
ORDER BY rank, seller.id
WITH account, head(collect(seller)) AS seller
RETURN account.id AS account_id, seller.id AS seller_id
ORDER BY account_id
