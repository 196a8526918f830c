"""Questions about money: what currencies are worth in the base currency."""
