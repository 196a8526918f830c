// Legal forms and registers.
// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(name) = 0 AS holds
CREATE CONSTRAINT legal_form_id IF NOT EXISTS FOR (node:LegalForm) REQUIRE (node.id) IS UNIQUE;
CREATE INDEX legal_form_code IF NOT EXISTS FOR (node:LegalForm) ON (node.code);
CREATE CONSTRAINT registration_authority_id IF NOT EXISTS FOR (node:RegistrationAuthority) REQUIRE (node.id) IS UNIQUE;
CREATE INDEX registration_authority_code IF NOT EXISTS FOR (node:RegistrationAuthority) ON (node.code);
