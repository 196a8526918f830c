"""A named question asked for some of its columns: what is not asked for is not worked out.

The columns of a statement are the closed table: a name that is no column is refused, and nothing of
a client's text gets into a statement. A statement has as many selections as sets of columns are
asked for, so the server's plans stay warm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from graph.errors import UsageError
from graph.statement import Statement, Token, return_of, tokens_of

Items = list[list[Token]]
KEPT_SELECTIONS = 2_000
"""Selections that a process remembers; more sets of columns than this are worked out again."""
# https://neo4j.com/docs/cypher-manual/5/functions/aggregating/
_AGGREGATES = frozenset(
    {"avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev"}
    | {"stdevp", "sum"}
)


@dataclass(frozen=True, slots=True)
class Selection:
    """A statement for some columns of another, and where each of them is in its rows."""

    text: str
    places: tuple[int, ...]
    """Of the columns that were asked for, in their order: others may be needed to group or sort."""


@lru_cache(KEPT_SELECTIONS)
def selection(statement: Statement, columns: tuple[str, ...]) -> Selection:
    """The statement that gives these columns alone; raises UsageError for one that it lacks."""
    unknown = [name for name in columns if name not in statement.columns]
    if unknown or not columns:
        raise UsageError(
            f"{statement.name} has no column {', '.join(unknown) or 'of no name'}",
            remedy=f"it has {', '.join(statement.columns)}",
        )
    items, keys, all_needed = _parts(statement)
    kept = list(statement.columns)
    if not all_needed:
        kept = _kept(statement, frozenset(columns), items, keys)
    places = tuple(kept.index(name) for name in columns)
    return Selection(_without_others(statement, frozenset(kept), items), places)


def _kept(statement: Statement, asked: frozenset[str], items: Items, keys: Items) -> list[str]:
    """Columns that the answer needs: asked for, sorted by, or what an aggregate is grouped by."""
    needed = asked | {token.name for key in keys for token in key}
    aggregates = {
        name for name, item in zip(statement.columns, items, strict=True) if _aggregates(item)
    }
    if aggregates:
        needed |= set(statement.columns) - aggregates
    if aggregates and not aggregates & needed:
        needed |= {min(aggregates)}  # without one, rows of a group would not be brought together
    return [name for name in statement.columns if name in needed]


def _without_others(statement: Statement, kept: frozenset[str], items: Items) -> str:
    spans = [
        (item[0].start, item[-1].start + len(item[-1].text))
        for item, name in zip(items, statement.columns, strict=True)
        if name in kept
    ]
    text = statement.text
    first, last = items[0][0].start, items[-1][-1].start + len(items[-1][-1].text)
    chosen = ",\n       ".join(text[start:end] for start, end in spans)
    return text[:first] + chosen + text[last:]


def _parts(statement: Statement) -> tuple[Items, Items, bool]:
    """The items of the last RETURN, its sort keys, and whether all columns make a row what it is.

    They do for DISTINCT, and in a UNION, whose parts must have the same columns.
    """
    tokens = [token for token in tokens_of(statement.text) if token.text != ";"]
    returned = return_of(tokens)
    united = any(token.depth == 0 and token.is_word("UNION") for token in tokens)
    return returned.items, returned.keys, returned.distinct or united


def _aggregates(item: Sequence[Token]) -> bool:
    return any(
        token.text.lower() in _AGGREGATES and after.text == "(" for token, after in pairwise(item)
    )
