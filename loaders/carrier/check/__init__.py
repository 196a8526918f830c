"""The graph at hand against the truth: what a loader could know, and what is there."""
