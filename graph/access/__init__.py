"""Who asks: principals, the accounts that each may see, and the keys by which they ask."""
