// The largest families on a day, as now known, by how many companies are in them. One row per family.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (root:LegalEntity)
WHERE NOT EXISTS {
    (root)-[fact:PARENT_IN|FORMER_PARENT_IN]->()
    WHERE fact.view = $view AND fact.controlling AND fact.cut IS NULL AND fact.planned IS NULL
      AND fact.valid_from <= day AND day < fact.valid_to AND fact.recorded_to = open
  }
  AND ($scope IS NULL OR NOT EXISTS {
    (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
MATCH (root) (()<-[fact:PARENT_IN|FORMER_PARENT_IN
    WHERE fact.view = $view AND fact.controlling AND fact.cut IS NULL AND fact.planned IS NULL
      AND fact.valid_from <= day AND day < fact.valid_to AND fact.recorded_to = open
  ]-(:LegalEntity)){0,64} (entity:LegalEntity)
WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
RETURN root.id AS root_id, root.name AS name, root.jurisdiction AS jurisdiction, root.lei AS lei,
       count(DISTINCT entity) AS company_count,
       count(DISTINCT CASE WHEN EXISTS { (entity)-[:PLAYS|FORMER_PLAYS]->(:Customer) }
           AND ($scope IS NULL OR EXISTS {
             (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
         THEN entity END) AS customer_count
ORDER BY company_count DESC, root_id
LIMIT $limit
