// How far the feed has come, and from where on it is kept. One row per head.
// Public: how far, and not of what.
MATCH (head:FeedHead {id: 'feed'})
RETURN head.id AS head_id, head.feed_epoch AS feed_epoch, head.sequence AS sequence,
       coalesce(head.forgotten, 0) AS forgotten, head.cursor_key AS cursor_key,
       coalesce(head.rebuilding, false) AS is_rebuilding
ORDER BY head_id
