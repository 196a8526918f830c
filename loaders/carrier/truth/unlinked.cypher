// Companies that no LEI names, with the billing accounts that are written on them. One row per company.
MATCH (entity:LegalEntity)
WHERE NOT entity.reference STARTS WITH 'lei:'
OPTIONAL MATCH (entity)-[:PLAYS]->(:Customer)-[:BILLED_BY]->(account:BillingAccount)
WITH entity, account ORDER BY account.reference
RETURN entity.reference AS reference, collect(account.reference) AS account_references
ORDER BY reference
