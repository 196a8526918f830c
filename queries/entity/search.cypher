// Companies whose present, former or trading name matches a full-text query, best first. One row per company.
CALL db.index.fulltext.queryNodes('entity_names', $query, {
  limit: CASE WHEN $scope IS NULL THEN $candidates ELSE 20000 END})
YIELD node, score
CALL (node) {
  WITH node WHERE node:LegalEntity
    AND ($scope IS NULL OR NOT EXISTS {
      (node)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
  RETURN node AS entity, node.name AS matched
  UNION ALL
  WITH node WHERE node:Name
  MATCH (entity:LegalEntity)-[:HAS_NAME|FORMER_HAS_NAME]->(node)
  WHERE $scope IS NULL OR NOT EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
  RETURN entity, node.value AS matched LIMIT 25
}
WITH entity, matched, score ORDER BY score DESC, matched
WITH entity, head(collect(matched)) AS matched, max(score) AS score
ORDER BY score DESC, entity.name, entity.id LIMIT $limit
RETURN entity.id AS entity_id, entity.name AS name, matched AS matched,
       entity.jurisdiction AS jurisdiction, entity.status AS status, entity.lei AS lei,
       entity.reference AS reference, COUNT {
         (entity)<-[:PARENT_IN]-(child) WHERE $scope IS NULL OR NOT EXISTS {
           (child)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
       } AS child_count,
       score AS score
ORDER BY score DESC, name, entity_id
