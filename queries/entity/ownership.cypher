// Who owns a company and what it owns, as now known. One row per stake.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
CALL (entity) {
  MATCH (entity)<-[fact:OWNS|FORMER_OWNS|PLANNED_OWNS]-(other:LegalEntity)
  RETURN 'owner' AS direction, fact, other
  UNION ALL
  MATCH (entity)-[fact:OWNS|FORMER_OWNS|PLANNED_OWNS]->(other:LegalEntity)
  RETURN 'owned' AS direction, fact, other
}
WITH direction, fact, other
WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
  AND ($scope IS NULL OR NOT EXISTS {
    (other)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
MATCH (record:SourceRecord {id: fact.record})
RETURN direction AS direction, other.id AS other_id, other.name AS name,
       CASE type(fact) WHEN 'OWNS' THEN 'present' WHEN 'FORMER_OWNS' THEN 'former'
         ELSE 'planned' END AS tense,
       fact.share AS share, fact.share_low AS share_low, fact.share_high AS share_high,
       fact.interest_type AS interest_type, fact.valid_from AS valid_from,
       fact.valid_to AS valid_to, record.system AS source, record.id AS record_id,
       fact.id AS fact_id
ORDER BY direction DESC, valid_to DESC, share DESC, other_id, fact_id
