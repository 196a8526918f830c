"""Asks the statement that lies beside a function, and gives its rows as that function's type."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from graph.connection import ReadSession, as_native
from graph.statement import read_statement

Row = TypeVar("Row")


async def ask(graph: ReadSession, beside: str, row: type[Row], **parameters: Any) -> list[Row]:
    """The rows of the .cypher file beside this Python file, its columns as the row's fields."""
    statement = read_statement(Path(beside).with_suffix(".cypher"))
    rows = await graph.rows(statement.text, **parameters)
    days = _may_hold_days(cast(Hashable, row))
    return [
        row(*(as_native(value) if may else value for value, may in zip(columns, days, strict=True)))
        for columns in rows
    ]


@cache
def _may_hold_days(row: Any) -> tuple[bool, ...]:
    """Which fields may hold days or moments; a tree's columns of text are not looked through."""
    return tuple("date" in str(one.type) or "Any" in str(one.type) for one in fields(row))
