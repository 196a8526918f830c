// The day on which each of these records was first read, if it was by $known_at. One row per record.
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})
WHERE version.recorded_from <= datetime($known_at)
RETURN key AS key, toString(date(min(version.recorded_from))) AS known_on
ORDER BY key
