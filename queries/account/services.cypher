// The services that companies had on a day by contract or lately paid for, each once, in columns of one length. One row per customer.
WITH date($valid_on) AS day, datetime('9999-12-31T00:00:00Z') AS open
CALL (day, open) {
  MATCH (entity:LegalEntity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
    -[bound:PARTY_TO|FORMER_PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)
    -[governs:GOVERNS|FORMER_GOVERNS]->(product:Product)
  WHERE entity.id IN $entity_ids AND all(fact IN [plays, bound, governs]
    WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open
      AND fact.planned IS NULL)
    AND ($scope IS NULL OR EXISTS {
      (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  RETURN product AS had, true AS by_contract
  UNION
  MATCH (entity:LegalEntity)-[plays:PLAYS|FORMER_PLAYS]->(:Customer)
    -[pays:BILLED_BY|FORMER_BILLED_BY]->(:BillingAccount)<-[:ON]-(bill:Bill)
  WHERE entity.id IN $entity_ids AND all(fact IN [plays, pays]
      WHERE fact.valid_from <= day AND fact.valid_to > day AND fact.recorded_to = open)
    AND bill.issued_on <= day AND bill.issued_on > day - duration({days: $billed_within_days})
    AND ($scope IS NULL OR EXISTS {
      (entity)-[:IN_FAMILY {own: true}]->(holder:Account) WHERE holder.id IN $scope })
  MATCH (bill)-[:HAS_CHARGE]->(:Charge)-[:FOR]->(had:Product|Service)
  RETURN had, false AS by_contract
}
WITH had, max(by_contract) AS by_contract, day, open
CALL (had, day, open) {
  WITH had, day WHERE had:Service
  RETURN had AS service
  UNION
  MATCH (had)-[real:REALIZED_BY|FORMER_REALIZED_BY]->(service:Service)
  WHERE had:Product AND real.valid_from <= day AND real.valid_to > day
    AND real.recorded_to = open AND real.planned IS NULL
  RETURN service
}
WITH service, max(by_contract) AS by_contract, day, open
OPTIONAL MATCH (record:SourceRecord {id: service.record})
WITH service, by_contract, day, record.system AS source_id,
     head(COLLECT {
       MATCH (service)<-[real:REALIZED_BY|FORMER_REALIZED_BY]-(:Product)
         -[:OF_OFFERING]->(offering:ProductOffering)
       WHERE real.recorded_to = open
       RETURN coalesce(offering.family, offering.name, '') AS family ORDER BY family DESC LIMIT 1
     }) AS family,
     COLLECT {
       MATCH (service)-[there:DELIVERED_AT|FORMER_DELIVERED_AT]->(site:Site)
       WHERE there.valid_from <= day AND there.valid_to > day AND there.recorded_to = open
         AND there.planned IS NULL AND site.country IS NOT NULL
       RETURN DISTINCT site.country AS country ORDER BY country
     } AS countries
ORDER BY service.id
RETURN collect(service.id) AS ids, collect(coalesce(service.name, '')) AS names,
       collect(coalesce(service.state, '')) AS states,
       collect(coalesce(service.operating_status, '')) AS operating_statuses,
       collect(coalesce(service.activated_on <= day, false)
         AND coalesce(service.ceased_on > day, true)) AS in_service,
       collect(coalesce(service.ceased_on <= day, false)) AS ceased,
       collect(coalesce(family, '')) AS families, collect(countries) AS countries,
       collect(by_contract) AS by_contract, collect(DISTINCT source_id) AS source_ids
ORDER BY ids[0]
