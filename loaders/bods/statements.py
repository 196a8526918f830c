"""Statements gathered by the record they speak of, on disk, whatever their number and order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import orjson

SCHEMA = """
CREATE TABLE said (record TEXT, type TEXT, body BLOB, file TEXT, line INTEGER,
                   PRIMARY KEY (type, record, body)) WITHOUT ROWID;
CREATE TABLE person (record TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_STATUSES = ("new", "updated", "closed")


@dataclass(slots=True)
class Gathered:
    """One record with its different statements, oldest first."""

    record_type: str
    record_id: str
    statements: list[dict[str, Any]]
    file: str
    line: int


class Statements:
    """A delivery's statements in a database file that is gone when it is closed."""

    def __init__(self) -> None:
        # An empty name is a private file on disk: memory stays small at any size.
        self._database = sqlite3.connect("", check_same_thread=False)
        self._database.executescript(SCHEMA)

    def close(self) -> None:
        """Delete the file."""
        self._database.close()

    def add_person(self, record_id: str) -> None:
        """Note that a record is a natural person."""
        self._database.execute("INSERT OR IGNORE INTO person VALUES (?)", [record_id])

    def add(self, statement: dict[str, Any], file: str, line: int) -> None:
        """Keep a statement; one that comes again word for word is kept once."""
        body = orjson.dumps(statement, option=orjson.OPT_SORT_KEYS)
        row = [statement["recordId"], statement["recordType"], body, file, line]
        self._database.execute("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?)", row)

    def is_person(self, record_id: object) -> bool:
        """Whether a statement says that this record is a natural person."""
        return self._has("SELECT 1 FROM person WHERE record = ?", record_id)

    def is_entity(self, record_id: object) -> bool:
        """Whether a statement describes this record as an entity."""
        return self._has("SELECT 1 FROM said WHERE type = 'entity' AND record = ?", record_id)

    def records(self, record_type: str) -> Iterator[Gathered]:
        """Every record of a type with its statements."""
        gathered: Gathered | None = None
        with closing(self._database.cursor()) as cursor:
            cursor.execute(
                "SELECT record, body, file, line FROM said WHERE type = ? ORDER BY record, body",
                [record_type],
            )
            for record_id, body, file, line in cursor:
                if gathered and gathered.record_id != record_id:
                    yield _in_order(gathered)
                    gathered = None
                gathered = gathered or Gathered(record_type, record_id, [], file, line)
                gathered.statements.append(orjson.loads(body))
        if gathered:
            yield _in_order(gathered)

    def _has(self, query: str, record_id: object) -> bool:
        return self._database.execute(query, [str(record_id)]).fetchone() is not None


def _in_order(gathered: Gathered) -> Gathered:
    gathered.statements.sort(key=_said_when)
    return gathered


def _said_when(statement: dict[str, Any]) -> tuple[str, int, str]:
    """When it was said; on one day the record's life decides: new, updated, closed."""
    status = statement.get("recordStatus")
    return (
        str(statement.get("statementDate") or ""),
        _STATUSES.index(status) if status in _STATUSES else 0,
        str(statement.get("statementId") or ""),
    )
