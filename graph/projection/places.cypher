// Where sites and points of presence are, in columns of one length. One row per label.
UNWIND ['Site', 'PointOfPresence'] AS label
CALL (label) {
  MATCH (site:Site)
  WHERE label = 'Site' AND site.latitude IS NOT NULL AND site.longitude IS NOT NULL
  RETURN site AS place
  UNION ALL
  MATCH (pop:PointOfPresence)
  WHERE label = 'PointOfPresence' AND pop.latitude IS NOT NULL AND pop.longitude IS NOT NULL
  RETURN pop AS place
}
RETURN label AS label, collect(place.id) AS ids, collect(place.latitude) AS latitudes,
       collect(place.longitude) AS longitudes
ORDER BY label
