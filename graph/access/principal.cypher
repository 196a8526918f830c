// The principal of a name. One row per principal.
MATCH (principal:Principal {name: $name})
RETURN principal.id AS principal_id, principal.name AS name, principal.role AS role,
       principal.seller AS seller, coalesce(principal.teams, []) AS teams,
       coalesce(principal.territories, []) AS territories,
       coalesce(principal.countries, []) AS countries, coalesce(principal.accounts, []) AS accounts
ORDER BY principal_id
