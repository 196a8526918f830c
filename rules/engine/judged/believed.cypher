// Whether facts are still believed in any version. One row per fact.
UNWIND $rows AS row
RETURN row[0] AS fact_id, EXISTS {
  MATCH (start)-[fact]->()
  WHERE elementId(start) = row[1] AND fact.id = row[0] AND fact.recorded_to.year = 9999
} AS is_believed
ORDER BY fact_id
