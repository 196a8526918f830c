"""Constraints and indexes made from the model, and the ordered migrations that bring them in."""

from graph.schema.migrate import ensure_schema

__all__ = ["ensure_schema"]
