// What the records of loads speak of: those that they read anew, and those that they closed. One row per thing.
UNWIND $loads AS load
CALL (load) {
  MATCH (:LoadRun {id: load[0]})<-[:READ_IN]-(record:SourceRecord) RETURN record
  UNION
  WITH load WHERE load[2]
  MATCH (record:SourceRecord {system: load[1]})
  WHERE record.recorded_to = datetime(load[3])
  RETURN record
}
MATCH (record)-[:RESOLVES_TO|CLAIMS]->(thing)
RETURN DISTINCT labels(thing)[0] AS label, thing.id AS thing_id, elementId(thing) AS element
ORDER BY label, thing_id
