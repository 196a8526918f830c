// Notes that rules went to shadow by themselves. One row per rule.
UNWIND $rows AS row
MERGE (demotion:Demotion {id: row.id})
ON CREATE SET demotion += row, demotion.at = datetime($moment), demotion.valid_on = $today,
              demotion.first_seen_at = datetime($moment)
SET demotion.last_seen_at = datetime($moment)
RETURN demotion.rule AS rule
ORDER BY rule
