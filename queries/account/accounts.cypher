// The carrier's global accounts that these companies are the tops of on a day. One row per account.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
MATCH (entity:LegalEntity)<-[rooted:ROOTED_AT|FORMER_ROOTED_AT]-(account:Account)
WHERE entity.id IN $entity_ids AND rooted.recorded_to = open
  AND rooted.valid_from <= day AND rooted.valid_to > day
  AND ($scope IS NULL OR account.id IN $scope)
OPTIONAL MATCH (record:SourceRecord {id: account.record})
RETURN account.id AS account_id, account.name AS name, account.tier AS tier,
       account.segment AS segment, entity.id AS root_id, record.system AS source_id
ORDER BY name, account_id
