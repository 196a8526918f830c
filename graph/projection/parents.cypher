// Who stands below whom by a controlling parent that is not cut, in columns of one length. One row per view.
MATCH (child:LegalEntity)-[fact:PARENT_IN]->(parent:LegalEntity)
WHERE fact.controlling AND fact.cut IS NULL AND fact.view IN ['legal', 'commercial']
RETURN fact.view AS view, collect(child.id) AS child_ids, collect(parent.id) AS parent_ids
ORDER BY view
