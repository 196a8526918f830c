"""Asks the database statements that a person wrote, read only unless told otherwise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from neo4j.graph import Node, Path, Relationship

from graph.engine.server import Server
from graph.errors import FootprintError, UsageError
from graph.plural import counted
from graph.statement import split_statements

SHOWN_ROWS = 1000
"""Rows that a table shows at most; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one statement returned, and one sentence about it."""

    rows: list[dict[str, Any]]
    sentence: str


class Shell:
    """A session that runs written statements."""

    def __init__(self, session: neo4j.Session, *, write: bool) -> None:
        self._session = session
        self._write = write

    def ask(self, text: str) -> Iterator[Reply]:
        """The reply to each statement of a text; UsageError explains a refusal."""
        for statement in split_statements(text, where="statement"):
            yield self._reply(statement)

    def _reply(self, statement: str) -> Reply:
        try:
            result = self._session.run(statement)
            names = result.keys()
            rows = [dict(zip(names, map(plain, record.values()), strict=True)) for record in result]
            summary = result.consume()
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from None
        return Reply(rows, _sentence(len(rows), summary))

    def _explained(self, error: Exception) -> UsageError:
        message = (str(getattr(error, "message", "")) or str(error)).strip()
        refused = "AccessMode" in str(getattr(error, "code", ""))
        return UsageError(
            message,
            where="statement",
            remedy="add --write to change the graph" if refused and not self._write else "",
        )


@contextlib.contextmanager
def open_shell(server: Server, *, write: bool) -> Iterator[Shell]:
    """A shell on a server, closed at the end."""
    access = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
    with (
        GraphDatabase.driver(
            server.uri,
            auth=server.auth if server.password else None,
            notifications_min_severity="OFF",
        ) as driver,
        driver.session(database=server.database, default_access_mode=access) as session,
    ):
        yield Shell(session, write=write)


def converse(answer: Callable[[str], None]) -> None:
    """Reads statements from the keyboard until its end; an error does not end the conversation."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  line editing, where the system has it

    text = ""
    while True:
        try:
            text += input("......> " if text else "cypher> ") + "\n"
        except EOFError:
            return
        except KeyboardInterrupt:
            text = ""
            continue
        if text.strip() in (":quit", ":exit", "quit", "exit"):
            return
        if not text.rstrip().endswith(";"):
            text = text if text.strip() else ""
            continue
        try:
            answer(text)
        except FootprintError as error:
            print(error.sentence)  # noqa: T201  the conversation is the terminal
        text = ""


def plain(value: Any) -> Any:
    """A database value as JSON has it: nodes and relationships as mappings, moments as text."""
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), **_properties(value)}
    if isinstance(value, Relationship):
        return {"type": value.type, **_properties(value)}
    if isinstance(value, Path):
        steps: list[Any] = [plain(value.start_node)] if value.start_node else []
        for relationship in value.relationships:
            steps += [plain(relationship), plain(relationship.end_node)]
        return steps
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, bytes | bytearray):
        return bytes(value).hex()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(value) for key, value in sorted(entity.items())}


def _sentence(count: int, summary: neo4j.ResultSummary) -> str:
    took = (summary.result_available_after or 0) + (summary.result_consumed_after or 0)
    counters = summary.counters
    changes = [
        f"{number} {name.replace('_', ' ')}"
        for name, number in sorted(vars(counters).items())
        if isinstance(number, int) and not isinstance(number, bool) and number
    ]
    shown = f" ({SHOWN_ROWS} shown; --json has all)" if count > SHOWN_ROWS else ""
    return ", ".join([counted(count, "row") + shown, *changes, f"{took} ms"])
