// How far rules have taken in what changed on a day. One row per rule.
MATCH (position:RulePosition)
WHERE position.valid_on = $today
RETURN position.id AS rule, position.rule_hash AS rule_hash, position.status AS status,
       position.hidden AS is_hidden, position.feed_epoch AS feed_epoch,
       position.sequence AS sequence, toString(position.moment) AS moment,
       position.sight AS sight
ORDER BY rule
