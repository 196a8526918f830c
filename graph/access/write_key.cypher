// Writes a key. One row per key.
CREATE (key:ApiKey {id: $id, principal: $principal, prefix: $prefix, hash: $hash, scopes: $scopes,
  created_at: datetime($now), expires_at: datetime($expires_at)})
RETURN key.prefix AS prefix
ORDER BY prefix
