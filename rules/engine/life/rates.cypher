// What each currency was worth on the last day of a rate up to the last month's end. One row per currency and base.
MATCH (rate:ExchangeRate)
WHERE rate.on < date.truncate('month', $today)
WITH rate ORDER BY rate.on
WITH rate.currency AS currency, rate.base AS base, last(collect(rate)) AS newest
RETURN currency AS currency, base AS base, newest.rate AS rate, newest.on AS on
ORDER BY currency, base
