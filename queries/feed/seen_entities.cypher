// Which of these companies the reader sees. One row per company.
UNWIND $entity_ids AS asked_id
MATCH (entity:LegalEntity {id: asked_id})
WHERE $scope IS NULL
  OR EXISTS { (entity)-[:IN_FAMILY]->(account:Account) WHERE account.id IN $scope }
  OR EXISTS { (entity)<-[:ROOTED_AT]-(account:Account) WHERE account.id IN $scope }
RETURN DISTINCT entity.id AS entity_id
ORDER BY entity_id
