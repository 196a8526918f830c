// What changed in a family between two days, and in what was known of it between two moments. One row per change.
CALL () {
  MATCH (root:LegalEntity {id: $root_id}) RETURN root
  UNION
  MATCH (:EntityAlias {id: $root_id})-[:REDIRECTS_TO]->{1,16}(root:LegalEntity) RETURN root
}
WITH root WHERE $scope IS NULL OR NOT EXISTS {
  (root)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH root, date($from_on) AS on_1, date($to_on) AS on_2,
     coalesce(datetime($known_from), datetime('9999-12-30T00:00:00Z')) AS known_1,
     coalesce(datetime($known_to), datetime('9999-12-30T00:00:00Z')) AS known_2
CALL (root, on_1, on_2, known_1, known_2) {
  MATCH (root) (()<-[steps:PARENT_IN|FORMER_PARENT_IN
    WHERE steps.view = $view AND steps.controlling AND steps.cut IS NULL AND steps.planned IS NULL
      AND steps.valid_from <= on_1 AND on_1 < steps.valid_to
      AND steps.recorded_from <= known_1 AND known_1 < steps.recorded_to
  ]-(:LegalEntity)){0,64} (entity:LegalEntity)
  RETURN entity
  UNION
  MATCH (root) (()<-[steps:PARENT_IN|FORMER_PARENT_IN
    WHERE steps.view = $view AND steps.controlling AND steps.cut IS NULL AND steps.planned IS NULL
      AND steps.valid_from <= on_2 AND on_2 < steps.valid_to
      AND steps.recorded_from <= known_2 AND known_2 < steps.recorded_to
  ]-(:LegalEntity)){0,64} (entity:LegalEntity)
  RETURN entity
}
WITH entity, on_1, on_2,
  coalesce(datetime($known_from), datetime({date: on_1})) AS learnt_1,
  coalesce(datetime($known_to), datetime({date: on_2 + duration('P1D')})) AS learnt_2, known_1, known_2,
  head(COLLECT {
    MATCH (entity)-[fact:PARENT_IN|FORMER_PARENT_IN]->()
    WHERE fact.view = $view AND fact.controlling AND fact.cut IS NULL AND fact.planned IS NULL
      AND fact.valid_from <= on_1 AND on_1 < fact.valid_to
      AND fact.recorded_from <= known_1 AND known_1 < fact.recorded_to
    RETURN fact ORDER BY fact.id LIMIT 1
  }) AS parent_1,
  head(COLLECT {
    MATCH (entity)-[fact:PARENT_IN|FORMER_PARENT_IN]->()
    WHERE fact.view = $view AND fact.controlling AND fact.cut IS NULL AND fact.planned IS NULL
      AND fact.valid_from <= on_2 AND on_2 < fact.valid_to
      AND fact.recorded_from <= known_2 AND known_2 < fact.recorded_to
    RETURN fact ORDER BY fact.id LIMIT 1
  }) AS parent_2,
  head(COLLECT {
    MATCH (entity)-[fact:HAS_NAME|FORMER_HAS_NAME]->(:Name {kind: 'legal'})
    WHERE fact.valid_from <= on_1 AND on_1 < fact.valid_to
      AND fact.recorded_from <= known_1 AND known_1 < fact.recorded_to
    RETURN fact ORDER BY fact.valid_from DESC, fact.id LIMIT 1
  }) AS name_1,
  head(COLLECT {
    MATCH (entity)-[fact:HAS_NAME|FORMER_HAS_NAME]->(:Name {kind: 'legal'})
    WHERE fact.valid_from <= on_2 AND on_2 < fact.valid_to
      AND fact.recorded_from <= known_2 AND known_2 < fact.recorded_to
    RETURN fact ORDER BY fact.valid_from DESC, fact.id LIMIT 1
  }) AS name_2
CALL (entity, on_1, on_2, known_1, known_2, learnt_1, learnt_2,
      parent_1, parent_2, name_1, name_2) {
  WITH *, CASE WHEN parent_2 IS NULL THEN head(COLLECT {
      MATCH (entity)-[last:PARENT_IN|FORMER_PARENT_IN]->()
      WHERE last.id = parent_1.id AND last.recorded_from <= known_2
      RETURN last ORDER BY last.recorded_from DESC, last.valid_from DESC LIMIT 1
    }) ELSE parent_2 END AS fact
  WHERE coalesce(startNode(parent_1) = startNode(parent_2)
             AND endNode(parent_1) = endNode(parent_2), false) = false
    AND (parent_1 IS NOT NULL OR parent_2 IS NOT NULL)
  RETURN CASE WHEN parent_1 IS NULL THEN 'added' WHEN parent_2 IS NULL THEN 'left'
           ELSE 'moved' END AS kind,
         entity AS subject, endNode(parent_1) AS before, endNode(parent_2) AS after,
         CASE WHEN parent_2 IS NULL THEN fact.valid_to ELSE fact.valid_from END AS happened_on,
         CASE WHEN parent_2 IS NULL AND fact.recorded_to <= known_2 THEN fact.recorded_to
           ELSE fact.recorded_from END AS known_at,
         fact.reason AS reason, fact.record AS record_id, fact.id AS fact_id
  UNION ALL
  WITH * WHERE endNode(name_1) <> endNode(name_2)
  RETURN 'renamed' AS kind, entity AS subject, endNode(name_1) AS before,
         endNode(name_2) AS after, name_2.valid_from AS happened_on,
         name_2.recorded_from AS known_at, name_2.reason AS reason,
         name_2.record AS record_id, name_2.id AS fact_id
  UNION ALL
  WITH * WHERE on_1 < entity.ended_on AND entity.ended_on <= on_2
  OPTIONAL MATCH (record:SourceRecord {id: entity.record})
  RETURN 'ended' AS kind, entity AS subject, null AS before, null AS after,
         entity.ended_on AS happened_on, record.recorded_from AS known_at, null AS reason,
         entity.record AS record_id, null AS fact_id
  UNION ALL
  MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(entity)
  WHERE learnt_1 < alias.last_seen_at AND alias.last_seen_at <= learnt_2
  RETURN 'merged' AS kind, entity AS subject, alias AS before, entity AS after,
         date(alias.last_seen_at) AS happened_on, alias.last_seen_at AS known_at,
         head(COLLECT {
           MATCH (judgement:Judgement {left: alias.id, verdict: 'same'})
           RETURN judgement.reason AS said ORDER BY judgement.decided_at DESC LIMIT 1
         }) AS reason, null AS record_id, null AS fact_id
  UNION ALL
  MATCH (child:LegalEntity)-[plan:PLANNED_PARENT_IN|FORMER_PARENT_IN]->(entity)
  WHERE plan.planned AND plan.view = $view
    AND learnt_1 < plan.recorded_from AND plan.recorded_from <= learnt_2
    AND learnt_2 < plan.recorded_to
  RETURN 'planned' AS kind, child AS subject, null AS before, entity AS after,
         plan.valid_from AS happened_on, plan.recorded_from AS known_at, plan.reason AS reason,
         plan.record AS record_id, plan.id AS fact_id
  UNION ALL
  MATCH (event:CorporateEvent)
        -[role:ACQUIRER|TARGET|SELLER|PREDECESSOR|SUCCESSOR|SUBJECT]->(entity)
  WHERE on_1 < event.effective_on AND event.effective_on <= on_2
  OPTIONAL MATCH (record:SourceRecord {id: event.record})
  RETURN 'event' AS kind, entity AS subject, null AS before, null AS after,
         event.effective_on AS happened_on, record.recorded_from AS known_at,
         toLower(type(role)) + ' of ' + event.type AS reason, event.record AS record_id,
         null AS fact_id
}
WITH kind, subject, before, after, happened_on, known_at, reason, record_id, fact_id,
     CASE WHEN $scope IS NULL THEN false ELSE EXISTS {
       UNWIND [before, after] AS side
       MATCH (side)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope
     } END AS is_withheld
WHERE $scope IS NULL OR NOT EXISTS {
  (subject)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope }
WITH kind, subject, happened_on, known_at, is_withheld,
     CASE WHEN $scope IS NULL OR NOT EXISTS {
       (before)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope } THEN before END AS before,
     CASE WHEN $scope IS NULL OR NOT EXISTS {
       (after)-[:IN_FAMILY {own: true}]->(stranger:Account) WHERE NOT stranger.id IN $scope } THEN after END AS after,
     CASE WHEN NOT is_withheld THEN reason END AS reason,
     CASE WHEN NOT is_withheld THEN record_id END AS record_id,
     CASE WHEN NOT is_withheld THEN fact_id END AS fact_id
OPTIONAL MATCH (stated:SourceRecord {id: record_id})
RETURN kind AS kind, subject.id AS entity_id, coalesce(subject.name, subject.reference) AS name,
       before.id AS from_id, coalesce(before.name, before.value, before.reference) AS from_name,
       after.id AS to_id, coalesce(after.name, after.value, after.reference) AS to_name,
       happened_on AS happened_on, toString(known_at) AS known_at, reason AS reason,
       stated.system AS source, record_id AS record_id, fact_id AS fact_id
ORDER BY happened_on, kind, name, entity_id, from_id, to_id, reason
