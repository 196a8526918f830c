"""The carrier's network: sites, points of presence, circuits and what they can carry."""
