// Contracts that end and that nobody renews. One row per item.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)-[:HAS_ITEM]->(item:AgreementItem)
WHERE $today < item.ends_on <= $today + duration({days: $horizon_days})
  AND NOT EXISTS { (:AgreementItem)-[:RENEWS]->(item) }
WITH item, agreement, account ORDER BY account.id
WITH item, head(collect(agreement)) AS agreement, head(collect(account)) AS account
RETURN item.id AS item_id, agreement.id AS agreement_id, account.id AS account_id,
       item.ends_on AS ends_on, item.ends_on - duration({days: 90}) AS act_by
ORDER BY item_id
