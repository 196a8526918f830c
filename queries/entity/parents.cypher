// The parents of a company in all views as now known: present, former and planned. One row per parent fact.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (entity)-[fact:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]->(parent:LegalEntity)
WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
  AND ($scope IS NULL OR NOT EXISTS {
    (parent)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
MATCH (record:SourceRecord {id: fact.record})
RETURN parent.id AS parent_id, parent.name AS name, fact.view AS view,
       CASE type(fact) WHEN 'PARENT_IN' THEN 'present' WHEN 'FORMER_PARENT_IN' THEN 'former'
         ELSE 'planned' END AS tense,
       coalesce(fact.controlling, false) AS is_controlling, coalesce(fact.cut, false) AS is_cut,
       fact.share AS share, fact.basis AS basis, fact.valid_from AS valid_from,
       fact.valid_to AS valid_to, coalesce(fact.assumed_from, false) AS is_start_assumed,
       record.system AS source, record.id AS record_id, fact.id AS fact_id
ORDER BY view, valid_to DESC, is_controlling DESC, valid_from DESC, fact_id
