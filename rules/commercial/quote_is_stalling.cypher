// Quotes that wait for somebody on our side, or lapse soon. One row per quote, whatever its version.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
MATCH (entity)<-[:CONCERNS]-(opportunity:Opportunity)<-[:QUOTES]-(version:Quote)
WHERE (opportunity.lost_on IS NULL OR opportunity.lost_on > $today)
  AND NOT toLower(coalesce(opportunity.stage, ''))
    IN ['won', 'lost', 'closed won', 'closed lost', 'deleted', 'on hold', 'paused']
  AND coalesce(version.created_on <= $today, true)
WITH opportunity, version, account, entity ORDER BY account.id, entity.id
WITH opportunity, version, head(collect(account)) AS account, head(collect(entity)) AS entity
ORDER BY coalesce(toInteger(version.version), 0), version.created_on, version.id
WITH opportunity, coalesce(version.number, version.id) AS number, account, entity,
     collect(version) AS versions
WITH opportunity, number, account, entity, versions, head(versions) AS first, last(versions) AS quote
WHERE quote.state IN ['pending', 'inProgress']
  AND (quote.valid_to IS NULL OR quote.valid_to > $today)
WITH *, coalesce(quote.state_since < $today - duration({days: $quiet_days}), false)
       OR coalesce(quote.valid_to <= $today + duration({days: $lapses_within_days}), false) AS stalls
WHERE stalls
  OR quote.state_since IS NULL
    AND coalesce(quote.created_on < $today - duration({days: $quiet_days}), true)
RETURN account.id AS account_id, coalesce(account.name, account.id) AS account,
       first.id AS quote_id, number AS number, entity.id AS entity_id,
       opportunity.id AS opportunity_id, [one IN versions[..50] | one.id] AS quote_ids,
       quote.state_since AS since, coalesce(quote.approver, 'its approval') AS blocker,
       quote.valid_to AS valid_to,
       coalesce(quote.valid_to, quote.state_since + duration({days: $quiet_days})) AS act_by,
       CASE WHEN quote.amount IS NULL OR quote.currency IS NULL THEN []
            ELSE [[quote.amount * 12, quote.currency]] END AS value,
       CASE WHEN NOT stalls THEN 'the day on which its state last changed is unknown' END
         AS blind_reason
ORDER BY quote_id
