"""When tickets were solved, gathered from the history of their fields, on disk at any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

SOLVED_AT = "solved_at (ticket_field_history)"
"""Key under which extract puts the moment beside the ticket's own fields."""


class Solutions:
    """The moment at which each ticket was last solved, as its history writes it."""

    def __init__(self) -> None:
        # An empty name is a private file on disk, gone when it is closed.
        self._database = sqlite3.connect("", check_same_thread=False)
        self._database.execute(
            "CREATE TABLE solved (ticket TEXT PRIMARY KEY, at TEXT) WITHOUT ROWID"
        )

    def gather(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Note the last time that each ticket became solved."""
        self._database.executemany(
            "INSERT INTO solved VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            (
                (row.get("ticket_id"), row.get("updated"))
                for row in rows
                if row.get("field_name") == "status" and row.get("value") == "solved"
            ),
        )

    def of(self, ticket: str) -> str | None:
        """When this ticket was last solved; None when its history does not say."""
        found = self._database.execute("SELECT at FROM solved WHERE ticket = ?", [ticket])
        row = found.fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Delete the file."""
        self._database.close()
