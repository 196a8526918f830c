// Writes signals, but those that a person answered since they were read. One row per list of these.
UNWIND $rows AS row
MERGE (signal:Signal {id: row.id})
ON CREATE SET signal.first_seen_at = datetime($moment)
WITH row, signal, coalesce(signal.state_since <> datetime(row.was_since), false) AS is_answered
WITH collect(CASE WHEN is_answered THEN signal.id END) AS answered,
     collect(CASE WHEN NOT is_answered THEN [row, signal] END) AS pairs
CALL (pairs) {
  UNWIND pairs AS pair
  WITH pair[0] AS row, pair[1] AS signal
  SET signal += row.plain,
      signal.act_by = date(row.act_by), signal.snoozed_until = date(row.snoozed_until),
      signal.opened_at = datetime(row.opened_at), signal.state_since = datetime(row.state_since),
      signal.shown_on = date(row.shown_on)
  FOREACH (_ IN CASE WHEN row.is_found THEN [1] ELSE [] END |
    SET signal.last_seen_at = datetime($moment), signal.known_at = datetime($moment),
        signal.valid_on = $today, signal.run = $run)
}
RETURN answered AS signal_ids
ORDER BY signal_ids
