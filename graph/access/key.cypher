// The key with a prefix, and whose it is. One row per key.
MATCH (key:ApiKey {prefix: $prefix}) WHERE $scope IS NULL
MATCH (principal:Principal {id: key.principal})
RETURN key.prefix AS prefix, key.hash AS hash, key.scopes AS scopes,
       toString(key.created_at) AS created_at, toString(key.expires_at) AS expires_at,
       toString(key.used_at) AS used_at, toString(key.revoked_at) AS revoked_at,
       principal.id AS principal_id, principal.name AS name, principal.role AS role,
       principal.seller AS seller, coalesce(principal.teams, []) AS teams,
       coalesce(principal.territories, []) AS territories,
       coalesce(principal.countries, []) AS countries, coalesce(principal.accounts, []) AS accounts
ORDER BY prefix
