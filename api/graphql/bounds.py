"""How many rows one request may ask for."""

from __future__ import annotations

from graph.errors import UsageError

MOST_ROWS = 100


def bounded(first: int) -> int:
    """The number itself; UsageError when it is not one that may be asked for."""
    if not 1 <= first <= MOST_ROWS:
        raise UsageError(f"first is {first}", remedy=f"ask for 1 to {MOST_ROWS}")
    return first
