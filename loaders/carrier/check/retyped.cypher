// The day for which every fact was last given its tense. One row per feed.
MATCH (head:FeedHead) WHERE head.retyped_on IS NOT NULL
RETURN toString(head.retyped_on) AS day
ORDER BY day DESC
