// Where these sites are. One row per site that is placed.
UNWIND $site_ids AS site_id
MATCH (site:Site {id: site_id})
WHERE site.latitude IS NOT NULL AND site.longitude IS NOT NULL
RETURN site.id AS site_id, site.latitude AS latitude, site.longitude AS longitude
ORDER BY site_id
