"""Constraints and indexes made from the model, and the ordered migrations that bring them in."""
