"""Questions about families: who is below whom, above whom, and what changed."""
