// The records of sources behind these ids of versions. One row per record version.
UNWIND $record_ids AS wanted
MATCH (record:SourceRecord {id: wanted})
RETURN DISTINCT record.id AS record_id, record.system AS system, record.record_type AS record_type,
       record.native_id AS native_id, toString(record.recorded_from) AS known_from,
       record.file AS file, record.line AS line
ORDER BY record_id
