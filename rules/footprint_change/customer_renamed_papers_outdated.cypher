// Companies that bear a new name while agreements, quotes or billing accounts carry the old one. One row per company and name.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
WITH entity, account ORDER BY account.id
WITH entity, head(collect(account)) AS account
CALL (entity) {
  MATCH (entity)<-[:SUBJECT]-(event:CorporateEvent {type: 'CHANGE_LEGAL_NAME', status: 'COMPLETED'})
  WHERE event.effective_on <= $today OR event.effective_on IS NULL AND event.recorded_on <= $today
  RETURN coalesce(event.effective_on, event.recorded_on) AS renamed_on, event.id AS event_id
  UNION
  MATCH (entity)-[bears:HAS_NAME]->(:Name {kind: 'legal'})
  WHERE bears.assumed_from IS NULL AND bears.valid_from <= $today
  RETURN bears.valid_from AS renamed_on, null AS event_id
  UNION
  // A source that dates no name still shows the day on which one took the place of another.
  MATCH (:Name {kind: 'legal'})<-[bears:HAS_NAME]-(entity)-[bore:FORMER_HAS_NAME]->(:Name {kind: 'legal'})
  WHERE bears.valid_from = bore.valid_to AND bears.valid_from <= $today
    AND bore.recorded_to = datetime('9999-12-31T00:00:00Z')
  RETURN bears.valid_from AS renamed_on, null AS event_id
}
WITH account, entity, max(renamed_on) AS renamed_on, collect(event_id) AS events
WHERE renamed_on > $today - duration({days: $recent_days})
CALL (entity) {
  // Names in other languages are legal ones too: the one that the company is called by comes first.
  MATCH (entity)-[bears:HAS_NAME]->(name:Name {kind: 'legal'})
  RETURN name ORDER BY name.value = entity.name DESC, bears.valid_from DESC, name.id LIMIT 1
}
CALL (entity) {
  MATCH (entity)-[bore:HAS_NAME|FORMER_HAS_NAME]->(old:Name)
  WHERE (old.kind = 'former' OR old.kind = 'legal' AND bore.valid_to <= $today)
    AND bore.recorded_to = datetime('9999-12-31T00:00:00Z')
  RETURN collect(DISTINCT ['old', old.id, old.value, bore.valid_to]) AS olds
}
CALL (entity) {
  MATCH (entity)-[:PLAYS]->(:Customer)-[:PARTY_TO]->(agreement:Agreement)
  WHERE agreement.signed_on <= $today
    AND NOT coalesce(agreement.status, '') IN ['rejected', 'cancelled', 'terminated']
    AND (agreement.period_to > $today OR EXISTS {
      MATCH (agreement)-[:HAS_ITEM]->(item:AgreementItem)
      WHERE item.starts_on <= $today AND $today < item.ends_on
    })
  RETURN ['paper', agreement.id, agreement.party_name] AS paper
  UNION
  MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(billed:BillingAccount)
  WHERE NOT toLower(coalesce(billed.state, 'active')) IN ['closed', 'inactive', 'terminated']
  RETURN ['paper', billed.id, billed.party_name] AS paper
  UNION
  MATCH (entity)<-[:CONCERNS]-(:Opportunity)<-[:QUOTES]-(quote:Quote)
  WHERE quote.state IN ['pending', 'inProgress', 'approved'] AND coalesce(quote.valid_to > $today, true)
  RETURN ['paper', quote.id, quote.party_name] AS paper
}
WITH account, entity, renamed_on, events, name, olds, collect(paper) AS papers
UNWIND [['new', name.id, name.value]] + olds + papers AS one
// Case, punctuation and legal forms are no part of a name.
WITH account, entity, renamed_on, events, name, one,
     [word IN split(replace(replace(replace(replace(replace(replace(replace(toLower(one[2]), '.', ''), "'", ''),
        ',', ' '), '-', ' '), '&', ' '), '(', ' '), ')', ' '), ' ')
      WHERE word <> '' AND NOT word IN [
        'ab', 'ag', 'aps', 'as', 'asa', 'bv', 'co', 'company', 'corp', 'corporation', 'cv', 'doo', 'eood', 'eurl',
        'gmbh', 'inc', 'incorporated', 'kft', 'kg', 'kgaa', 'kk', 'lda', 'limited', 'limitada', 'llc', 'llp', 'lp',
        'ltd', 'ltda', 'mbh', 'nv', 'ohg', 'oy', 'oyj', 'oü', 'plc', 'private', 'proprietary', 'pt', 'pte', 'pty',
        'public', 'pvt', 'sa', 'sab', 'sarl', 'sas', 'sasu', 'se', 'sl', 'slu', 'sp', 'spa', 'sro', 'srl', 'tbk',
        'ug', 'zoo', 'zrt']] AS words
WITH account, entity, renamed_on, events, name, collect([one, words]) AS folded,
     head(collect(CASE WHEN one[0] = 'new' THEN words END)) AS new_words
UNWIND folded AS one
WITH account, entity, renamed_on, events, name, one[0] AS one, one[1] AS words
WHERE one[0] <> 'new' AND words <> new_words AND words <> []
// What is spelt alike is one name: a former one with papers is found.
WITH account, entity, renamed_on, events, name, words, max(CASE WHEN one[0] = 'old' THEN one[3] END) AS ended_on,
     min(CASE WHEN one[0] = 'old' THEN one[2] END) AS old_name,
     collect(CASE WHEN one[0] = 'old' THEN one[1] END) AS old_ids,
     collect(CASE WHEN one[0] = 'paper' THEN one[1] END) AS papers
WHERE old_ids <> [] AND papers <> []
UNWIND old_ids AS old_id
UNWIND papers AS paper_id
WITH account, entity, renamed_on, events, name, ended_on, old_name, old_id, paper_id
ORDER BY ended_on DESC, old_name
WITH account, entity, renamed_on, events, name, head(collect(old_name)) AS old_name,
     collect(DISTINCT old_id) AS old_ids, collect(DISTINCT paper_id) AS papers
RETURN account.id AS account_id, entity.id AS entity_id, name.id AS name_id,
       coalesce(account.name, account.id) AS account, old_name AS old_name, name.value AS new_name,
       size(papers) AS papers, renamed_on AS renamed_on,
       renamed_on + duration({days: $act_within_days}) AS act_by,
       COLLECT { UNWIND papers AS id RETURN id ORDER BY id LIMIT 50 } AS paper_ids,
       COLLECT { UNWIND old_ids + events AS id RETURN id ORDER BY id LIMIT 50 } AS proof_ids
ORDER BY entity_id, name_id
