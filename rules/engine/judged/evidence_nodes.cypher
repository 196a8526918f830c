// Nodes that prove findings, each with its values and the record and load that they come from. One row per node.
UNWIND $elements AS element
MATCH (node) WHERE elementId(node) = element
OPTIONAL MATCH (record:SourceRecord {id: node.record})
OPTIONAL MATCH (record)-[:READ_IN]->(run:LoadRun)
RETURN element AS element, node.id AS node_id, labels(node)[0] AS label,
       [name IN keys(node) WHERE NOT name IN $left_out
        | [name, CASE WHEN name IN $temporal THEN toString(node[name]) ELSE node[name] END]] AS properties,
       record.id AS record_id, record.system AS source_id, record.record_type AS record_type,
       record.native_id AS native_id, record.file AS file, record.line AS line,
       toString(record.recorded_from) AS read_at, run.id AS load_id,
       [(other:SourceRecord)-[link:RESOLVES_TO]->(node) WHERE other.recorded_to.year = 9999
        | [other.system, coalesce(link.score, 1.0)]] AS sources,
       reduce(shown = [], won IN [(other:SourceRecord)-[claim:CLAIMS]->(node)
         WHERE claim.won IS NOT NULL | [name IN claim.won | [name, other.system]]]
         | shown + won) AS shown_elsewhere
ORDER BY node_id
