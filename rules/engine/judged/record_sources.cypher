// The systems that records are of. One row per record.
UNWIND $record_ids AS record_id
MATCH (record:SourceRecord {id: record_id})
RETURN record.id AS record_id, record.system AS source_id
ORDER BY record_id
