// Points signals at their subject, their account and what proves them. One row per count of them.
UNWIND $rows AS row
MATCH (signal:Signal {id: row.id})
CALL (signal) {
  MATCH (signal)-[old:ABOUT|OF_ACCOUNT|PROVED_BY]->()
  DELETE old
}
CALL (signal, row) {
  MATCH (subject) WHERE elementId(subject) = row.subject
  CREATE (signal)-[:ABOUT]->(subject)
}
CALL (signal, row) {
  MATCH (account:Account {id: row.account_id})
  CREATE (signal)-[:OF_ACCOUNT]->(account)
}
CALL (signal, row) {
  UNWIND row.elements AS element
  MATCH (node) WHERE elementId(node) = element
  CREATE (signal)-[:PROVED_BY]->(node)
}
RETURN count(signal) AS linked
ORDER BY linked
