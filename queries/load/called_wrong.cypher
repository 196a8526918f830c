// What people called wrong in the evidence of signals, by the source that says it. One row per source and claim.
MATCH (named:Disposition)
WHERE named.withdrawn_at IS NULL AND named.wrong_claim IS NOT NULL AND $scope IS NULL
WITH named.wrong_claim AS said,
     count(DISTINCT head([(named)-[:ON_SIGNAL]->(of) | of.id])) AS wrong
CALL (said) {
  MATCH (disposition:Disposition)
  WHERE disposition.withdrawn_at IS NULL AND said IN disposition.shown_claims
  RETURN count(DISTINCT head([(disposition)-[:ON_SIGNAL]->(of) | of.id])) AS judged
}
RETURN split(said, ' ')[0] AS source_id, split(said, ' ')[1] AS claim, wrong AS wrong,
       judged AS judged
ORDER BY source_id, claim
