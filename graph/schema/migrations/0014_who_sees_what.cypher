// Principals and their keys, and on which account each company is.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
// verify: RETURN NOT EXISTS { (:LegalEntity)-[family:IN_FAMILY {nearest: true}]->(:Account) WHERE family.own IS NULL } AS holds
CREATE CONSTRAINT principal_id IF NOT EXISTS FOR (node:Principal) REQUIRE (node.id) IS UNIQUE;
CREATE CONSTRAINT principal_name IF NOT EXISTS FOR (node:Principal) REQUIRE (node.name) IS UNIQUE;
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (node:ApiKey) REQUIRE (node.id) IS UNIQUE;
CREATE CONSTRAINT api_key_prefix IF NOT EXISTS FOR (node:ApiKey) REQUIRE (node.prefix) IS UNIQUE;
CREATE INDEX api_key_principal IF NOT EXISTS FOR (node:ApiKey) ON (node.principal);
MATCH (entity:LegalEntity)-[family:IN_FAMILY {nearest: true}]->(:Account)
WHERE family.own IS NULL
CALL (entity, family) {
  SET family.own = family.view = 'commercial'
    OR NOT EXISTS { (entity)-[:IN_FAMILY {view: 'commercial'}]->(:Account) }
} IN TRANSACTIONS OF 5000 ROWS;
