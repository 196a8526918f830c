// What a currency is worth on a day: the last rate of every pair, not older than a number of days. One row per pair of currencies.
// Public: what currencies are worth.
WITH coalesce(date($on), date()) AS day
MATCH (rate:ExchangeRate)
WHERE rate.currency IS NOT NULL AND rate.base IS NOT NULL
  AND rate.on <= day AND rate.on > day - duration({days: $max_age_days})
WITH rate ORDER BY rate.on DESC, rate.id
WITH rate.currency AS currency, rate.base AS base, head(collect(rate)) AS latest
OPTIONAL MATCH (record:SourceRecord {id: latest.record})
RETURN currency AS currency, base AS base, latest.rate AS rate, latest.on AS on,
       record.system AS source_id, latest.id AS rate_id
ORDER BY currency, base, rate_id
