"""Account exports of a CRM: who is below whom, who owns the account, what is being sold."""
