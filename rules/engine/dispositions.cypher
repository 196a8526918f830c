// How the signals of rules were answered. One row per rule.
MATCH (disposition:Disposition)-[:ON_SIGNAL]->(signal:Signal)
WHERE signal.rule IN $rules AND disposition.withdrawn_at IS NULL
RETURN signal.rule AS rule,
       sum(CASE WHEN disposition.kind = 'acted' THEN 1 ELSE 0 END) AS acted,
       sum(CASE WHEN disposition.kind IN $against THEN 1 ELSE 0 END) AS against
ORDER BY rule
