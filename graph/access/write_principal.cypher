// Writes a principal. One row per principal.
CREATE (principal:Principal {id: $id, name: $name, role: $role, seller: $seller, teams: $teams,
  territories: $territories, countries: $countries, accounts: $accounts,
  created_at: datetime($now)})
RETURN principal.id AS principal_id
ORDER BY principal_id
