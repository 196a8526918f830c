"""What a process has asked the database: statements, rows, and how many different statements."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 10_000
"""Different statements that are told apart; far more than there are files and selections."""


@dataclass(slots=True)
class Asked:
    """Counts of the read sessions that share it."""

    statements: int = 0
    rows: int = 0
    _texts: set[int] = field(default_factory=set)

    @property
    def distinct(self) -> int:
        """Different statements: each costs the server a plan of its own."""
        return len(self._texts)

    def note(self, cypher: str, rows: int) -> None:
        """Count a statement that was answered."""
        self.statements += 1
        self.rows += rows
        if len(self._texts) < MOST:
            self._texts.add(hash(cypher))
