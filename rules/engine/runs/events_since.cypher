// What the feed tells since a place in it; of signals what people answered. One row per subject and type.
MATCH (event:Event)
WHERE event.feed_epoch = $feed_epoch AND event.sequence > $sequence
RETURN event.type AS type, event.subject AS subject, count(event) AS events,
       max(CASE WHEN event.payload CONTAINS '"by":' THEN event.payload END) AS answer
ORDER BY subject, type
