// What became of the signals that opened within some days, by rule, seller, team or country. One row per group.
MATCH (signal:Signal)
WHERE date(signal.opened_at) >= $opened_from AND date(signal.opened_at) < $opened_before
OPTIONAL MATCH (signal)-[:OF_ACCOUNT]->(account:Account)
WITH signal, account WHERE $scope IS NULL OR account.id IN $scope
OPTIONAL MATCH (seller:Seller {id: signal.owner})
WITH signal, CASE $by
  WHEN 'rule' THEN [signal.rule, signal.rule]
  WHEN 'seller' THEN [seller.id, seller.name]
  WHEN 'team' THEN COLLECT {
    MATCH (seller)-[:MEMBER_OF]->(team:Team)
    RETURN [team.id, team.name] ORDER BY team.id LIMIT 1 }[0]
  ELSE COLLECT {
    MATCH (account)-[:ROOTED_AT]->(root:LegalEntity)
    WITH split(coalesce(root.jurisdiction, root.hq_country), '-')[0] AS country
    WHERE country IS NOT NULL
    RETURN [country, country] ORDER BY country LIMIT 1 }[0]
END AS group, COLLECT {
  MATCH (said:Disposition)-[:ON_SIGNAL]->(signal) WHERE said.withdrawn_at IS NULL
  RETURN said.kind ORDER BY said.at DESC, said.id LIMIT 1 }[0] AS answer, COLLECT {
  MATCH (outcome:Outcome)-[:OF_SIGNAL]->(signal)
  RETURN [outcome.kind, outcome.currency, outcome.amount]
  ORDER BY outcome.at DESC, outcome.id LIMIT 1 }[0] AS outcome
WITH group[0] AS group_id, group[1] AS group_name, count(signal) AS found_count,
     count(signal.shown_on) AS shown_count,
     count(CASE answer WHEN 'acted' THEN 1 END) AS accepted_count,
     count(CASE answer WHEN 'bad_timing' THEN 1 END) AS snoozed_count,
     count(CASE answer WHEN 'not_mine' THEN 1 END) AS passed_on_count,
     count(CASE WHEN answer IN ['already_known', 'wrong_data', 'customer_declined', 'duplicate']
       THEN 1 END) AS dismissed_count,
     count(CASE WHEN answer IS NULL AND signal.state IN ['open', 'acknowledged']
       AND signal.shown_on IS NOT NULL THEN 1 END) AS unanswered_count,
     count(CASE WHEN signal.state IN ['cleared', 'retracted'] THEN 1 END) AS gone_count,
     count(CASE outcome[0] WHEN 'won' THEN 1 END) AS won_count,
     count(CASE WHEN outcome[0] IN ['lost', 'no_deal'] THEN 1 END) AS lost_count,
     collect(signal.value) AS values,
     collect(CASE outcome[0] WHEN 'won' THEN [outcome[1], outcome[2]] END) AS deals
CALL (values) {
  UNWIND values AS texts
  UNWIND texts AS text
  WITH split(text, ' ') AS parts
  WITH parts[0] AS currency, sum(toInteger(parts[1])) AS amount ORDER BY currency
  RETURN collect([currency, amount]) AS value
}
CALL (deals) {
  UNWIND deals AS deal
  WITH coalesce(deal[0], '') AS currency, sum(deal[1]) AS amount ORDER BY currency
  RETURN collect([currency, amount]) AS won
}
RETURN group_id AS group_id, group_name AS group_name, found_count AS found_count,
       shown_count AS shown_count, accepted_count AS accepted_count,
       dismissed_count AS dismissed_count, snoozed_count AS snoozed_count,
       passed_on_count AS passed_on_count, unanswered_count AS unanswered_count,
       gone_count AS gone_count, won_count AS won_count, lost_count AS lost_count,
       value AS value, won AS won
ORDER BY found_count DESC, group_id
LIMIT $limit
