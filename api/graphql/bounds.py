"""How many rows one request may ask for, and how long a text may be."""

from __future__ import annotations

from graph.errors import UsageError

MOST_ROWS = 100
MOST_LETTERS = 300


def bounded(first: int) -> int:
    """The number itself; UsageError when it is not one that may be asked for."""
    if not 1 <= first <= MOST_ROWS:
        raise UsageError(f"first is {first}", remedy=f"ask for 1 to {MOST_ROWS}")
    return first


def bounded_text(text: str) -> str:
    """The text itself; UsageError when it is longer than anything that has a name."""
    if len(text) > MOST_LETTERS:
        raise UsageError(
            f"text has {len(text):,} letters", remedy=f"ask for at most {MOST_LETTERS} letters"
        )
    return text
