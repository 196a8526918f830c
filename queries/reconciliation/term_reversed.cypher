// Agreements and agreement items that end before they start. One row per agreement, or per item whose own term is reversed.
CALL () {
  MATCH (agreement:Agreement)
  WHERE agreement.period_to <= agreement.period_from
  RETURN agreement, agreement AS subject, agreement.period_from AS starts_on,
         agreement.period_to AS ends_on
  UNION ALL
  MATCH (item:AgreementItem)
  USING SCAN item:AgreementItem
  WHERE item.ends_on <= item.starts_on
  MATCH (agreement:Agreement)-[:HAS_ITEM]->(item)
  WHERE NOT agreement.period_to <= agreement.period_from OR agreement.period_to IS NULL
  RETURN agreement, item AS subject, item.starts_on AS starts_on, item.ends_on AS ends_on
}
OPTIONAL MATCH (agreement)-[:HAS_ITEM]->(line:AgreementItem)
WHERE (line = subject OR agreement = subject) AND line.monthly_amount IS NOT NULL
WITH agreement, subject, starts_on, ends_on, line.currency AS currency,
     sum(line.monthly_amount) AS amount
ORDER BY currency
WITH agreement, subject, starts_on, ends_on,
     [one IN collect([currency, amount]) WHERE one[0] IS NOT NULL] AS amounts
WITH *, CASE WHEN $scope IS NULL THEN [] ELSE COLLECT {
  UNWIND [agreement] AS thing
  MATCH (thing)<-[:PLAYS|PARTY_TO|BILLED_BY|HAS_ITEM|GOVERNS|REALIZED_BY*0..5]-(:LegalEntity)
    -[:IN_FAMILY {own: true}]->(holder:Account)
  RETURN DISTINCT holder.id AS holder_id
} END AS holder_ids
WHERE $scope IS NULL OR size(holder_ids) > 0 AND all(one IN holder_ids WHERE one IN $scope)
RETURN 'term_reversed' AS kind, labels(subject)[0] AS subject, subject.id AS subject_id,
       null AS against_id, subject.reference AS name, agreement.party_name AS customer,
       null AS account_id, null AS account, starts_on AS since_on, amounts AS amounts,
       true AS monthly,
       ['contracts'] AS sides,
       ['starts on ' + toString(starts_on) + ' and ends on ' + toString(ends_on)] AS says,
       [subject.record] AS records
ORDER BY subject_id, against_id
