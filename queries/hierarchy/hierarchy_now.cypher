// The family below a company as it stands today, in columns of one length, in no order. One row per tree.
CALL () {
  MATCH (root:LegalEntity {id: $root_id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $root_id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH path = (root)<-[:PARENT_IN*0..64 {view: $view, controlling: true}]-(entity)
WITH entity, length(path) AS depth, nodes(path)[-2] AS parent, relationships(path)[-1] AS fact
WHERE depth <= $depth
RETURN collect(entity.id) AS ids, collect(coalesce(parent.id, '')) AS parent_ids,
       collect(depth) AS depths,
       // CASE, because coalesce of both read the reference of everything: a tenth of the time.
       collect(CASE WHEN entity.name IS NULL THEN coalesce(entity.reference, '')
         ELSE entity.name END) AS names,
       collect(coalesce(entity.jurisdiction, '')) AS jurisdictions,
       collect(coalesce(entity.status, '')) AS statuses,
       collect(coalesce(entity.category, '')) AS categories,
       collect(coalesce(toString(entity.ended_on), '')) AS ended_ons,
       collect(coalesce(entity.stub, false)) AS stubs,
       collect(coalesce(fact.share, -1.0)) AS shares,
       collect(CASE WHEN entity.revised
         THEN EXISTS { (entity)-[:PARENT_IN {view: $view, controlling: false}]->(other) WHERE $scope IS NULL OR NOT EXISTS {
             (other)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope } }
           OR EXISTS { (entity)<-[claim:CLAIMS]-() WHERE claim.lost IS NOT NULL }
         ELSE false END) AS conflictings,
       collect(CASE WHEN depth = $depth
         THEN COUNT { (entity)<-[:PARENT_IN {view: $view, controlling: true}]-() }
         ELSE 0 END) AS hidden_counts,
       collect(CASE WHEN $scope IS NULL THEN true ELSE NOT EXISTS {
         (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
       } END) AS in_scopes
ORDER BY ids[0]
