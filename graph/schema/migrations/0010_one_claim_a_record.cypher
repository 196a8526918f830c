// One CLAIMS relationship a record and node, where there was one for each property.
// verify: RETURN NOT EXISTS { ()-[claim:CLAIMS]->() WHERE claim.property IS NOT NULL } AS holds
MATCH (record:SourceRecord)-[claim:CLAIMS]->(node) WHERE claim.property IS NOT NULL
WITH record, node, collect(claim) AS claims
CALL (record, node, claims) {
  WITH [one IN claims WHERE one.outcome = 'won' AND node.record <> record.id | one.property] AS won,
       [one IN claims WHERE one.outcome = 'agreed' | one.property] AS agreed,
       [one IN claims WHERE one.outcome = 'lost' | one.property] AS lost,
       [one IN claims WHERE one.outcome = 'lost'] AS differing
  WHERE size(won) + size(agreed) + size(lost) > 0
  CREATE (record)-[new:CLAIMS {reference: claims[0].reference}]->(node)
  SET new.won = CASE WHEN size(won) > 0 THEN won END,
      new.agreed = CASE WHEN size(agreed) > 0 THEN agreed END,
      new.lost = CASE WHEN size(lost) > 0 THEN lost END
  FOREACH (one IN differing | SET new[one.property] = one.value)
}
FOREACH (one IN claims | DELETE one);
