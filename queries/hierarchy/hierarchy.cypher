// The family below a company as it stood on a day and as it was known at a moment, in columns of one length, in no order. One row per tree.
CALL () {
  MATCH (root:LegalEntity {id: $root_id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $root_id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
OPTIONAL MATCH (head:FeedHead {id: 'feed'})
WITH root, coalesce(date($valid_on), date()) AS valid_on, head,
     coalesce(datetime($known_at), datetime('9999-12-30T00:00:00Z')) AS known_at
// What stands under PARENT_IN is believed, is no plan and has not ended by the day on which tenses
// were last looked at: for a day before that, less of it need be read. And no fact was recorded
// after the moment of the last load: from then on, all is known that is known now.
WITH root, valid_on, known_at, coalesce(known_at >= head.moment, false) AS known_now,
     coalesce(valid_on <= head.retyped_on AND valid_on <= date(), false) AS settled
MATCH path = (root)<-[:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN*0..64]-(entity)
// CASE, because OR in its place took a twentieth longer.
WHERE all(fact IN relationships(path) WHERE fact.valid_from <= valid_on
  AND fact.view = $view AND fact.controlling
  AND CASE WHEN settled AND fact:PARENT_IN THEN true
      ELSE (fact:PARENT_IN OR known_at < fact.recorded_to AND fact.planned IS NULL)
        AND valid_on < fact.valid_to END
  AND CASE WHEN known_now THEN true ELSE fact.recorded_from <= known_at END)
WITH entity, length(path) AS depth, nodes(path)[-2] AS parent, relationships(path)[-1] AS fact,
     valid_on, known_at, entity.revised AS revised
WHERE depth <= $depth
RETURN collect(entity.id) AS ids, collect(coalesce(parent.id, '')) AS parent_ids,
       collect(depth) AS depths,
       collect(coalesce(CASE WHEN revised THEN head(COLLECT {
         MATCH (entity)-[bears:HAS_NAME|FORMER_HAS_NAME]->(name:Name {kind: 'legal'})
         WHERE valid_on < bears.valid_to
           AND bears.recorded_from <= known_at AND known_at < bears.recorded_to
         RETURN name.value AS value
         ORDER BY bears.valid_to, bears.valid_from DESC, value LIMIT 1
       }) END, CASE WHEN entity.name IS NULL THEN coalesce(entity.reference, '')
         ELSE entity.name END)) AS names,
       collect(coalesce(entity.jurisdiction, '')) AS jurisdictions,
       collect(coalesce(entity.status, '')) AS statuses,
       collect(coalesce(entity.category, '')) AS categories,
       collect(coalesce(toString(entity.ended_on), '')) AS ended_ons,
       collect(coalesce(entity.stub, false)) AS stubs,
       collect(coalesce(fact.share, -1.0)) AS shares,
       collect(CASE WHEN revised THEN EXISTS {
           (entity)-[other:PARENT_IN|FORMER_PARENT_IN]->(beside)
           WHERE other.view = $view AND NOT other.controlling AND other.planned IS NULL
             AND other.valid_from <= valid_on AND valid_on < other.valid_to
             AND other.recorded_from <= known_at AND known_at < other.recorded_to
             AND ($scope IS NULL OR NOT EXISTS {
               (beside)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope })
         } OR EXISTS { (entity)<-[claim:CLAIMS]-() WHERE claim.lost IS NOT NULL }
         ELSE false END) AS conflictings,
       collect(CASE WHEN depth = $depth THEN COUNT {
           (entity)<-[below:PARENT_IN|FORMER_PARENT_IN|PLANNED_PARENT_IN]-()
           WHERE below.view = $view AND below.controlling AND valid_on < below.valid_to
             AND below.valid_from <= valid_on AND below.planned IS NULL
             AND below.recorded_from <= known_at AND known_at < below.recorded_to
         } ELSE 0 END) AS hidden_counts,
       collect(CASE WHEN $scope IS NULL THEN true ELSE NOT EXISTS {
         (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
       } END) AS in_scopes
ORDER BY ids[0]
