// Takes a key back, once. One row per key.
MATCH (key:ApiKey {prefix: $prefix})
SET key.revoked_at = coalesce(key.revoked_at, datetime($now))
RETURN toString(key.revoked_at) AS revoked_at, key.prefix AS prefix
ORDER BY prefix
