// Who answered on a day for accounts or companies, and for how many of them. One row per seller and role.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
CALL (day, open) {
  MATCH (account:Account)<-[covers:COVERS|FORMER_COVERS|PLANNED_COVERS]-(seller:Seller)
  WHERE account.id IN $account_ids AND ($scope IS NULL OR account.id IN $scope)
    AND covers.recorded_to = open AND covers.valid_to > day
  RETURN seller, covers, 1 AS accounts, null AS entity
  UNION ALL
  MATCH (entity:LegalEntity)<-[covers:COVERS|FORMER_COVERS|PLANNED_COVERS]-(seller:Seller)
  WHERE entity.id IN $entity_ids AND covers.recorded_to = open AND covers.valid_to > day
    AND ($scope IS NULL OR EXISTS {
      (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  RETURN seller, covers, 0 AS accounts, entity
}
OPTIONAL MATCH (record:SourceRecord {id: seller.record})
WITH seller, covers.role AS role, covers.valid_from > day AS is_ahead, record.system AS source_id,
     sum(accounts) AS account_count, collect(DISTINCT entity.id) AS entity_ids,
     min(covers.valid_from) AS since, day, open
RETURN seller.id AS seller_id, seller.name AS name, seller.email AS email,
       seller.role AS seller_role, role AS role, is_ahead AS is_ahead,
       account_count AS account_count, entity_ids AS entity_ids, since AS since,
       COLLECT {
         MATCH (seller)-[belongs:MEMBER_OF|FORMER_MEMBER_OF]->(team:Team)
         WHERE belongs.recorded_to = open AND belongs.valid_from <= day AND belongs.valid_to > day
         RETURN team.name AS team ORDER BY team
       } AS teams,
       source_id AS source_id
ORDER BY is_ahead, account_count DESC, size(entity_ids) DESC, name, role, seller_id
