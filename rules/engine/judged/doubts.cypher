// What people called wrong in the evidence of signals, and how many signals that showed it they judged. One row per claim of a source.
MATCH (named:Disposition)
WHERE named.withdrawn_at IS NULL AND named.wrong_claim IS NOT NULL
WITH named.wrong_claim AS claim,
     count(DISTINCT head([(named)-[:ON_SIGNAL]->(of) | of.id])) AS wrong
CALL (claim) {
  MATCH (disposition:Disposition)
  WHERE disposition.withdrawn_at IS NULL AND claim IN disposition.shown_claims
  RETURN count(DISTINCT head([(disposition)-[:ON_SIGNAL]->(of) | of.id])) AS judged
}
RETURN claim AS claim, judged AS judged, wrong AS wrong
ORDER BY claim
