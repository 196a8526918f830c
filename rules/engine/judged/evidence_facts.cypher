// The facts between the nodes that prove each finding. One row per finding with any.
UNWIND $rows AS row
CALL (row) {
  UNWIND row[1] AS element
  MATCH (start) WHERE elementId(start) = element
  MATCH (start)-[fact]->(end)
  WHERE fact.id IS NOT NULL AND elementId(end) IN row[1]
  WITH DISTINCT start, fact, end
  ORDER BY fact.id, fact.recorded_from, fact.valid_from
  RETURN collect([fact.id, type(fact), start.id, end.id, toString(fact.valid_from),
                  toString(fact.valid_to), toString(fact.recorded_from),
                  toString(fact.recorded_to), fact.record])[..$most] AS facts
}
WITH row, facts WHERE size(facts) > 0
RETURN row[0] AS signal_id, facts AS facts
ORDER BY signal_id
