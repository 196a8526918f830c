// Signals of accounts, of rules and of systems while they live, of sellers' day, about the same things, or by id. One row per signal.
CALL () {
  UNWIND $account_ids AS account_id
  MATCH (:Account {id: account_id})<-[:OF_ACCOUNT]-(signal:Signal)
  RETURN signal
  UNION
  MATCH (signal:Signal)
  WHERE signal.rule IN $rules AND signal.state IN $living
  RETURN signal
  UNION
  MATCH (signal:Signal)
  WHERE signal.owner IN $owners AND (signal.state = 'candidate' OR signal.shown_on = $today)
  RETURN signal
  UNION
  MATCH (signal:Signal)
  WHERE signal.state IN $living AND any(name IN signal.names WHERE name IN $names)
  RETURN signal
  UNION
  MATCH (signal:Signal)
  WHERE signal.state IN $living AND any(system IN signal.systems WHERE system IN $systems)
  RETURN signal
  UNION
  UNWIND $signal_ids AS signal_id
  MATCH (signal:Signal {id: signal_id})
  RETURN signal
}
RETURN signal.id AS signal_id
ORDER BY signal_id
