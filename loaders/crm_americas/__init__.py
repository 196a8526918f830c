"""The CRM of the Americas: the Salesforce object schema as CSV."""
