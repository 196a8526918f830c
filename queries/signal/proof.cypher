// A signal by its whole id, with the loads that brought the records it stands on. One row per signal.
MATCH (signal:Signal {id: $signal_id})
WHERE $scope IS NULL OR EXISTS {
  (signal)-[:OF_ACCOUNT]->(account:Account) WHERE account.id IN $scope }
RETURN signal.id AS signal_id, COLLECT {
  UNWIND split(coalesce(signal.evidence, ''), '"load":"')[1..] AS rest
  WITH DISTINCT split(rest, '"')[0] AS load_id
  MATCH (run:LoadRun {id: load_id})
  RETURN [run.id, run.source, run.mode, run.status, toString(run.as_of), toString(run.moment)]
    AS brought ORDER BY brought[5], brought[0]
} AS loads
ORDER BY signal_id
