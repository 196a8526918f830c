"""Who sells what to whom: tables of teams, sellers, territories and coverage."""
