// Who stands right below companies by a controlling parent that is not cut. One row per view.
UNWIND $entity_ids AS entity_id
MATCH (parent:LegalEntity {id: entity_id})<-[fact:PARENT_IN]-(child:LegalEntity)
WHERE fact.controlling AND fact.cut IS NULL AND fact.view IN ['legal', 'commercial']
RETURN fact.view AS view, collect(child.id) AS child_ids, collect(parent.id) AS parent_ids
ORDER BY view
