// The accounts that a principal may see on a day: those that it covers or leads with all that are nested below them, and those that are opened to it. One row per account.
WITH date($on) AS day, datetime('9999-12-31T00:00:00Z') AS open WHERE $scope IS NULL
CALL (day, open) {
  CALL (day, open) {
    CALL () {
      MATCH (seller:Seller {id: $seller}) RETURN seller
      UNION
      MATCH (:EntityAlias {id: $seller})-[:REDIRECTS_TO]->{1,16}(seller:Seller) RETURN seller
    }
    RETURN seller
    UNION
    MATCH (team:Team)<-[works:MEMBER_OF|FORMER_MEMBER_OF|PLANNED_MEMBER_OF]-(seller:Seller)
    WHERE team.id IN $teams AND works.recorded_to = open
      AND works.valid_from <= day AND works.valid_to > day
    RETURN seller
    UNION
    MATCH (territory:Territory)<-[works:COVERS|FORMER_COVERS|PLANNED_COVERS]-(seller:Seller)
    WHERE territory.id IN $territories AND works.recorded_to = open AND works.planned IS NULL
      AND works.valid_from <= day AND works.valid_to > day
    RETURN seller
  }
  MATCH (seller)-[covers:COVERS|FORMER_COVERS|PLANNED_COVERS]->(account:Account)
  WHERE covers.recorded_to = open AND covers.planned IS NULL
    AND covers.valid_from <= day AND covers.valid_to > day
  RETURN account, true AS is_led
  UNION
  MATCH (root:LegalEntity)<-[:ROOTED_AT]-(account:Account)
  WHERE size($countries) > 0
    AND split(coalesce(root.jurisdiction, root.hq_country), '-')[0] IN $countries
  RETURN account, true AS is_led
  UNION
  MATCH (account:Account)
  WHERE account.id IN $accounts
  RETURN account, false AS is_led
}
CALL (account, is_led) {
  RETURN account AS seen
  UNION
  MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(:LegalEntity)<-[:ROOTED_AT]-(nested:Account)
  WHERE is_led
  RETURN nested AS seen
}
RETURN DISTINCT seen.id AS account_id
ORDER BY account_id
