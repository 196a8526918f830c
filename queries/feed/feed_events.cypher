// Events after a place in the log; of those that are not for the reader the number alone. One row per event.
MATCH (event:Event)
WHERE event.feed_epoch = $feed_epoch AND event.sequence > $after
  AND event.sequence <= $after + $most
WITH event, any(prefix IN $prefixes WHERE event.type STARTS WITH prefix)
  AND ($scope IS NULL OR event.type = 'footprint.source.loaded.v1'
    OR any(account_id IN coalesce(event.account_ids, []) WHERE account_id IN $scope)) AS is_told
WITH event.sequence AS sequence, CASE WHEN is_told THEN event END AS event
RETURN sequence AS sequence, event.id AS event_id, event.type AS type, event.subject AS subject,
       event.payload AS payload, toString(event.recorded_at) AS recorded_at
ORDER BY sequence, event_id
