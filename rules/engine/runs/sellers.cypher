// The sellers who were to act on signals. One row per seller.
UNWIND $signal_ids AS signal_id
MATCH (signal:Signal {id: signal_id})
WHERE signal.owner IS NOT NULL
RETURN DISTINCT signal.owner AS seller_id
ORDER BY seller_id
