// Interests in a company and in who owns it, step by step upward, as of a day and as known at a moment. One row per interest.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH entity, coalesce(date($valid_on), date()) AS valid_on,
     coalesce(datetime($known_at), datetime('9999-12-30T00:00:00Z')) AS known_at
// ANY SHORTEST meets each owner once, however many ways lead to it: who owns whom may be a circle.
// Nobody is asked for past an owner that may not be seen.
CALL (entity, valid_on, known_at) {
  RETURN entity AS owned, 0 AS depth
  UNION ALL
  MATCH way = ANY SHORTEST (entity) (()<-[step:OWNS|FORMER_OWNS|PLANNED_OWNS
      WHERE step.valid_from <= valid_on AND valid_on < step.valid_to AND step.planned IS NULL
        AND step.recorded_from <= known_at AND known_at < step.recorded_to
        AND coalesce(step.directness, '') <> 'indirect']-
    (above:LegalEntity WHERE $scope IS NULL OR NOT EXISTS {
      (above)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
    ){1,16} (owned:LegalEntity)
  WHERE owned <> entity AND length(way) < $depth
  RETURN owned, length(way) AS depth
}
MATCH (owned)<-[fact:OWNS|FORMER_OWNS|PLANNED_OWNS]-(owner:LegalEntity)
WHERE fact.valid_from <= valid_on AND valid_on < fact.valid_to AND fact.planned IS NULL
  AND fact.recorded_from <= known_at AND known_at < fact.recorded_to
WITH owned, depth, fact, owner, valid_on, known_at,
     CASE WHEN $scope IS NULL THEN true ELSE NOT EXISTS {
       (owner)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
     } END AS is_in_scope
// Of owners that may not be seen, no more than how many they are.
WITH owned, depth, CASE WHEN is_in_scope THEN owner END AS owner,
     CASE WHEN is_in_scope THEN fact END AS fact, valid_on, known_at,
     count(DISTINCT CASE WHEN NOT is_in_scope THEN owner.id END) AS hidden_count
OPTIONAL MATCH (record:SourceRecord {id: fact.record})
RETURN owned.id AS owned_id, owned.name AS owned_name, owner.id AS owner_id,
       owner.name AS owner_name, owner.jurisdiction AS jurisdiction, depth + 1 AS depth,
       hidden_count AS hidden_count, fact.interest_type AS interest_type,
       fact.directness AS directness, fact.share AS share, fact.share_low AS share_low,
       fact.share_high AS share_high, owner IS NOT NULL AND EXISTS {
         (owned)-[parent:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]->(owner)
         WHERE parent.view = 'legal' AND parent.basis = 'ownership' AND parent.planned IS NULL
           AND parent.valid_from <= valid_on AND valid_on < parent.valid_to
           AND parent.recorded_from <= known_at AND known_at < parent.recorded_to
       } AS is_majority, record.system AS source_id, fact.record AS record_id,
       fact.id AS fact_id, fact.valid_from AS valid_from
ORDER BY depth, owned_id, owner_id, fact_id
LIMIT $limit
