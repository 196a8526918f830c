// Notes how far rules have taken in what changed; those that failed begin anew. One row per count of them.
UNWIND $rows AS row
MERGE (position:RulePosition {id: row.rule})
SET position.rule_hash = row.rule_hash, position.status = row.status,
    position.hidden = row.is_hidden, position.valid_on = CASE WHEN row.status IS NOT NULL THEN $today END,
    position.feed_epoch = $feed_epoch, position.sequence = $sequence,
    position.moment = datetime($moment), position.sight = $sight
RETURN count(position) AS noted
ORDER BY noted
