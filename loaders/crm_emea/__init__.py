"""The CRM of Europe, the Middle East and Africa: Dataverse rows as JSON, one a line."""
