// Lets somebody else deliver at once. One row per lease.
MATCH (lease:Lease {id: 'webhooks', holder: $holder})
SET lease.until_ms = 0
RETURN lease.id AS lease_id
ORDER BY lease_id
