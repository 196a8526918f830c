// Corporate events in which a company takes part. One row per event and role.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (event:CorporateEvent)-[role:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]->(entity)
OPTIONAL MATCH (record:SourceRecord {id: event.record})
RETURN event.id AS event_id, event.type AS type, event.status AS status,
       toLower(type(role)) AS role,
       COLLECT {
         MATCH (event)-[part:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]->(other)
         WHERE other <> entity AND ($scope IS NULL OR NOT EXISTS {
           (other)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
         WITH toLower(type(part)) + ': ' + coalesce(other.name, other.reference) AS other
         RETURN other ORDER BY other
       } AS others,
       event.announced_on AS announced_on, event.effective_on AS effective_on,
       event.recorded_on AS recorded_on, record.system AS source, record.id AS record_id
ORDER BY coalesce(effective_on, announced_on, recorded_on) DESC, event_id, role
