// Who supplies which property of the model: on how many nodes a source's value is shown, agrees with what is shown, or lost. One row per property and source.
MATCH (system:SourceSystem) WHERE $scope IS NULL
CALL (system) {
  MATCH (record:SourceRecord {system: system.id})-[:RESOLVES_TO]->(node)
  USING INDEX record:SourceRecord(system, record_type, scope, key)
  WHERE record.record_type IS NOT NULL AND record.scope IS NOT NULL
    AND record.key IS NOT NULL
    AND node.record = record.id AND ($label IS NULL OR $label IN labels(node))
  WITH node, COLLECT {
    MATCH ()-[claim:CLAIMS]->(node) UNWIND claim.won AS name RETURN name
  } AS elsewhere
  UNWIND [key IN keys(node) WHERE NOT key IN elsewhere AND NOT key IN
    ['id', 'record', 'reference', 'stub', 'revised', 'first_seen_at', 'last_seen_at']] AS property
  RETURN labels(node)[0] AS label, property, count(*) AS shown, 0 AS agreed, 0 AS lost
  UNION ALL
  MATCH (record:SourceRecord {system: system.id})-[claim:CLAIMS]->(node)
  USING INDEX record:SourceRecord(system, record_type, scope, key)
  WHERE record.record_type IS NOT NULL AND record.scope IS NOT NULL
    AND record.key IS NOT NULL
    AND ($label IS NULL OR $label IN labels(node))
  UNWIND coalesce(claim.won, []) + coalesce(claim.agreed, []) + coalesce(claim.lost, [])
    AS property
  RETURN labels(node)[0] AS label, property,
         count(CASE WHEN property IN claim.won THEN 1 END) AS shown,
         count(CASE WHEN property IN claim.agreed THEN 1 END) AS agreed,
         count(CASE WHEN property IN claim.lost THEN 1 END) AS lost
}
WITH label, property, system, sum(shown) AS shown, sum(agreed) AS agreed, sum(lost) AS lost
RETURN label AS label, property AS property, system.id AS source_id,
       coalesce(head([one IN system.precedence_of WHERE one STARTS WITH label + '.' + property + '='
         | toInteger(split(one, '=')[1])]), system.precedence, 50) AS precedence,
       toString(system.precedence_since) AS precedence_since,
       shown AS shown, agreed AS agreed, lost AS lost
ORDER BY label, property, precedence, source_id
