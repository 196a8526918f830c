// The numbers of the events of an epoch that were recorded from a moment on and before another: the one before the first, and the last. One row per range.
MATCH (event:Event {feed_epoch: $feed_epoch})
WHERE event.sequence <= $most AND event.recorded_at >= datetime($since)
  AND event.recorded_at < datetime($until)
WITH min(event.sequence) AS first, max(event.sequence) AS last WHERE first IS NOT NULL
RETURN first - 1 AS after, last AS to
ORDER BY after
