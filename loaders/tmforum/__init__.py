"""TM Forum Open APIs: parties, accounts, agreements, inventory, bills, tickets and alarms."""
