// Writes signals as they stand now. One row per count of them.
UNWIND $rows AS row
MERGE (signal:Signal {id: row.id})
ON CREATE SET signal.first_seen_at = datetime($moment)
SET signal += row.plain,
    signal.act_by = date(row.act_by), signal.snoozed_until = date(row.snoozed_until),
    signal.opened_at = datetime(row.opened_at), signal.state_since = datetime(row.state_since),
    signal.shown_on = date(row.shown_on)
FOREACH (_ IN CASE WHEN row.is_found THEN [1] ELSE [] END |
  SET signal.last_seen_at = datetime($moment), signal.known_at = datetime($moment),
      signal.valid_on = $today, signal.run = $run)
RETURN count(signal) AS written
ORDER BY written
