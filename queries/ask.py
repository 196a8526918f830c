"""Asks the statement that lies beside a function, and gives its rows as that function's type."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from graph.connection import ReadSession, as_native
from graph.selection import selection
from graph.statement import read_statement

Row = TypeVar("Row")


async def ask(
    graph: ReadSession,
    beside: str,
    row: type[Row],
    columns: Collection[str] | None = None,
    **parameters: Any,
) -> list[Row]:
    """The rows of the .cypher file beside this Python file, its columns as the row's fields.

    Where some columns are named, they alone are worked out, and the others are empty.
    """
    statement = read_statement(Path(beside).with_suffix(".cypher"))
    if columns is None:
        return typed(row, await graph.rows(statement.text, **parameters))
    days = _may_hold_days(cast(Hashable, row))
    asked = tuple(name for name in statement.columns if name in columns)
    chosen = selection(statement, asked)
    places = dict(zip(asked, chosen.places, strict=True))
    taken = [(places.get(name), may) for name, may in zip(statement.columns, days, strict=True)]
    return [
        row(
            *(
                [] if place is None else as_native(found[place]) if may else found[place]
                for place, may in taken
            )
        )
        for found in await graph.rows(chosen.text, **parameters)
    ]


def typed(row: type[Row], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows as the driver reads them, as rows of a type."""
    days = _may_hold_days(cast(Hashable, row))
    return [
        row(*(as_native(one) if may else one for one, may in zip(found, days, strict=True)))
        for found in rows
    ]


@cache
def _may_hold_days(row: Any) -> tuple[bool, ...]:
    """Which fields may hold days or moments; a tree's columns of text are not looked through."""
    return tuple("date" in str(one.type) or "Any" in str(one.type) for one in fields(row))
