"""Asks the statement that lies beside a function, and gives its rows as that function's type."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from graph.connection import ReadSession, as_native
from graph.statement import read_statement

Row = TypeVar("Row")


async def ask(graph: ReadSession, beside: str, row: type[Row], **parameters: Any) -> list[Row]:
    """The rows of the .cypher file beside this Python file, its columns as the row's fields."""
    statement = read_statement(Path(beside).with_suffix(".cypher"))
    rows = await graph.rows(statement.text, **parameters)
    return [row(*map(as_native, columns)) for columns in rows]
