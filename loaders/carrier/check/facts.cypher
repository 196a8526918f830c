// The facts that records state, as they were believed at $known_at. One row per version of a fact.
UNWIND $keys AS key
MATCH (version:SourceRecord {key: key})-[:RESOLVES_TO]->(start)
WITH DISTINCT key, start
MATCH (start)-[fact]->(end)
WHERE fact.record STARTS WITH key AND fact.recorded_from <= datetime($known_at)
  AND fact.recorded_to > datetime($known_at)
RETURN key AS key, type(fact) AS type, start.id AS start_id, end.id AS end_id,
       trim(coalesce(fact.view, fact.role, '')
         + CASE WHEN fact.planned THEN ' planned' ELSE '' END
         + CASE WHEN fact.cut THEN ' cut' ELSE '' END
         + CASE WHEN fact.view = 'legal' AND fact.planned IS NULL AND NOT fact.controlling
             THEN ' not controlling' ELSE '' END) AS tag,
       toString(fact.valid_from) AS valid_from, toString(fact.valid_to) AS valid_to,
       toString(date(fact.recorded_from)) AS known_on
ORDER BY key, type, start_id, end_id, tag, valid_from, known_on
