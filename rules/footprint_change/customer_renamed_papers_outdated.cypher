// Companies that bear a new name while agreements, quotes or billing accounts carry the old one. One row per company and name.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})<-[:IN_FAMILY {view: 'commercial', nearest: true}]-(entity:LegalEntity)
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
  WITH old, bore ORDER BY bore.valid_to DESC, old.id
  RETURN collect(DISTINCT ['old', old.id, old.value]) AS olds
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
WITH account, entity, renamed_on, events, name, collect([one[0], one[1], one[2], words]) AS folded
WITH *, [one IN folded WHERE one[0] = 'new' | one[3]][0] AS new_words
WITH *, [one IN folded WHERE one[0] = 'old' AND one[3] <> new_words AND one[3] <> []] AS olds
WITH *, [one IN folded WHERE one[0] = 'paper' AND one[3] IN [old IN olds | old[3]] | one[1]] AS outdated
WHERE outdated <> []
WITH entity, name, olds, outdated, renamed_on, events, account ORDER BY account.id
WITH entity, name, head(collect([account, olds[0][2], renamed_on])) AS first,
     head(collect(outdated)) AS outdated, head(collect([old IN olds | old[1]] + events)) AS proofs
RETURN first[0].id AS account_id, entity.id AS entity_id, name.id AS name_id,
       coalesce(first[0].name, first[0].id) AS account, first[1] AS old_name, name.value AS new_name,
       size(outdated) AS papers, first[2] AS renamed_on,
       first[2] + duration({days: $act_within_days}) AS act_by,
       COLLECT { UNWIND outdated AS id RETURN id ORDER BY id LIMIT 50 } AS paper_ids,
       COLLECT { UNWIND proofs AS id RETURN DISTINCT id ORDER BY id LIMIT 50 } AS proof_ids
ORDER BY entity_id, name_id
