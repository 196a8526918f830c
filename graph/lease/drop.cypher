// Lets somebody else take a lease at once. One row per lease.
MATCH (lease:Lease {id: $id, holder: $holder})
SET lease.until_ms = 0
RETURN lease.id AS lease_id
ORDER BY lease_id
