// The signals that signals yield to. One row per signal that yields.
UNWIND $signal_ids AS id
MATCH (signal:Signal {id: id})-[:INHIBITED_BY]->(by:Signal)
RETURN signal.id AS signal_id, by.id AS by_id
ORDER BY signal_id, by_id
