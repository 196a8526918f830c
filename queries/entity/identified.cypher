// Companies that bear or bore a number exactly as given, in any scheme. One row per company and scheme.
MATCH (identifier:Identifier {value: $value})
MATCH (entity:LegalEntity)-[:HAS_IDENTIFIER|FORMER_HAS_IDENTIFIER]->(identifier)
WHERE ($scheme IS NULL OR identifier.scheme = $scheme)
  AND ($scope IS NULL OR NOT EXISTS {
    (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
RETURN DISTINCT entity.id AS entity_id, entity.name AS name, identifier.scheme AS scheme,
       identifier.value AS value, identifier.issuer AS issuer,
       entity.jurisdiction AS jurisdiction, entity.status AS status
ORDER BY name, entity_id, scheme, issuer
