// Retired ids that lead to a company, and why they were found to be the same. One row per retired id.
CALL () {
  MATCH (entity:LegalEntity {id: $entity_id}) RETURN entity
  UNION
  MATCH (:EntityAlias {id: $entity_id})-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) RETURN entity
}
WITH entity WHERE $scope IS NULL OR NOT EXISTS {
  (entity)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->{1,16}(entity)
OPTIONAL MATCH (judgement:Judgement {left: alias.id, verdict: 'same'})
WHERE judgement.retracted_at IS NULL
WITH alias, judgement ORDER BY judgement.decided_at DESC, judgement.id
WITH alias, head(collect(judgement)) AS judgement
RETURN alias.id AS alias_id, alias.reference AS reference,
       toString(alias.last_seen_at) AS retired_at, judgement.reason AS reason,
       judgement.decided_by AS decided_by
ORDER BY retired_at, alias_id
