// How far the feed and the loads have come. One row per head of the feed.
MATCH (head:FeedHead {id: 'feed'})
RETURN coalesce(head.feed_epoch, 1) AS feed_epoch, coalesce(head.sequence, 0) AS sequence,
       toString(head.moment) AS moment
ORDER BY feed_epoch
