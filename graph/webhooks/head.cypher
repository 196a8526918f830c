// Where the feed is, and from where on it is kept. One row per head.
// Public: how far, and not of what.
MATCH (head:FeedHead {id: 'feed'})
RETURN head.feed_epoch AS feed_epoch, head.sequence AS sequence,
       coalesce(head.forgotten, 0) AS forgotten
ORDER BY feed_epoch
