// The company at which a customer begins on a day, asked by the id of the company, by a retired one, or by that of an account. One row per customer.
CALL () {
  MATCH (account:Account {id: $id})-[rooted:ROOTED_AT|FORMER_ROOTED_AT]->(root:LegalEntity)
  WHERE ($scope IS NULL OR account.id IN $scope)
    AND rooted.valid_from <= date($valid_on) AND rooted.valid_to > date($valid_on)
    AND rooted.recorded_to = datetime('9999-12-31T00:00:00Z')
  RETURN root
  UNION
  MATCH (root:LegalEntity {id: $id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root
WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
}
RETURN root.id AS root_id, root.name AS name
ORDER BY root_id
