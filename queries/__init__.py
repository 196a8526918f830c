"""Named questions, read only: each a .cypher file beside a function and a row of the same name."""
