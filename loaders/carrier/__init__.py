"""A simulated carrier: a world first, then fourteen systems that each see a part of it."""
