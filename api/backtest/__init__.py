"""Rules against the truth of the demo carrier: what they should have found, and what they did."""
