// Companies after an id with all parents that they have now; a parent out of sight has no id. One row per company.
MATCH (entity:LegalEntity)
WHERE entity.id > $after AND EXISTS { (entity)-[:PARENT_IN]->(:LegalEntity) }
  AND ($scope IS NULL
    OR EXISTS { (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope }
    OR NOT EXISTS { (entity)-[:IN_FAMILY {own: true}]->() }
      AND (EXISTS { (entity)<-[:ROOTED_AT]-(holder:Account) WHERE holder.id IN $scope }
        OR EXISTS { (entity)-[:PARENT_IN]->(:LegalEntity)-[:IN_FAMILY {own: true}]->(holder:Account)
                    WHERE holder.id IN $scope }))
WITH entity ORDER BY entity.id LIMIT $most
MATCH (entity)-[fact:PARENT_IN]->(parent:LegalEntity)
WITH entity, fact, parent, $scope IS NULL OR NOT EXISTS {
  (parent)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
} AS is_seen
ORDER BY fact.view, parent.id, fact.id
RETURN entity.id AS entity_id,
       collect([fact.view, CASE WHEN is_seen THEN parent.id END,
                coalesce(fact.controlling, false), coalesce(fact.cut, false)]) AS parents
ORDER BY entity_id
