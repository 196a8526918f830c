// Of these rates those of a month that has ended: no sum is told at a rate of a month that runs. One row per rate.
UNWIND $ids AS id
MATCH (rate:ExchangeRate {id: id})
WHERE rate.on < date.truncate('month', $today)
RETURN rate.id AS rate_id
ORDER BY rate_id
