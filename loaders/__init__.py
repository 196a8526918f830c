"""Source data in: one folder per source, and the loop that runs them."""
