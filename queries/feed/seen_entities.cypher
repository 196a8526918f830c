// Which of these companies the reader sees. One row per company.
UNWIND $entity_ids AS asked_id
MATCH (entity:LegalEntity {id: asked_id})
WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
}
RETURN DISTINCT entity.id AS entity_id
ORDER BY entity_id
