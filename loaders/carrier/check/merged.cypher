// Retired ids of companies and the ids that stand for them. One row per graph.
MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(entity)
WITH alias.id AS retired, entity.id AS standing ORDER BY retired
RETURN collect(retired) AS retired, collect(standing) AS standing
ORDER BY retired
