// Where points of presence are. One row per point of presence that is placed.
MATCH (pop:PointOfPresence)
WHERE pop.latitude IS NOT NULL AND pop.longitude IS NOT NULL
RETURN pop.id AS pop_id, pop.latitude AS latitude, pop.longitude AS longitude
ORDER BY pop_id
