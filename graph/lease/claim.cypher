// Takes or keeps a lease, if it is free, ours, or of a dead process. One row per lease.
MERGE (lease:Lease {id: $id})
WITH lease, coalesce(lease.until_ms, 0) < timestamp() OR lease.holder = $holder
     OR lease.holder = $stale AS is_ours, lease.holder AS holder
SET lease.holder = CASE WHEN is_ours THEN $holder ELSE lease.holder END,
    lease.until_ms = CASE WHEN is_ours THEN timestamp() + $seconds * 1000 ELSE lease.until_ms END
RETURN is_ours AS is_ours, holder AS holder
ORDER BY holder
