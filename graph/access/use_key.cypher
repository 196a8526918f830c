// Notes that a key was used, if that was not noted within the hour. One row per key that was noted.
MATCH (key:ApiKey {prefix: $prefix})
WHERE coalesce(key.used_at <= datetime($now) - duration('PT1H'), true)
SET key.used_at = datetime($now)
RETURN key.prefix AS prefix
ORDER BY prefix
