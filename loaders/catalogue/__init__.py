"""The catalogue: what can be bought, where, at which price, and what the market pays."""
