// Points signals at the signal that each yields to. One row per count of them.
UNWIND $rows AS row
MATCH (signal:Signal {id: row[0]})
CALL (signal) {
  MATCH (signal)-[old:INHIBITED_BY]->()
  DELETE old
}
CALL (signal, row) {
  MATCH (by:Signal {id: row[1]})
  CREATE (signal)-[:INHIBITED_BY]->(by)
}
RETURN count(signal) AS linked
ORDER BY linked
