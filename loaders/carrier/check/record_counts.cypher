// How many different records a system had told by $known_at. One row per system and record type.
MATCH (version:SourceRecord)
WHERE version.recorded_from <= datetime($known_at)
RETURN version.system AS system, version.record_type AS record_type,
       count(DISTINCT version.key) AS records
ORDER BY system, record_type
