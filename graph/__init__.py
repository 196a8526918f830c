"""What is known, and the only folder that knows the database."""
