"""The billing system of the Americas: CSV tables of accounts, invoices, charges and payments."""
