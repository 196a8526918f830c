"""Brings a graph to this program's schema by ordered files, each applied once and remembered.

A migration is `NNNN_name.cypher`: statements with semicolons that may run twice without harm.
Constraints and indexes that follow one another go in one transaction, four times as fast as one
each; the server refuses to mix them with data, so any other statement commits by itself.
A line `// verify: <query>` holds a query that must give one row with true once the migration is
through. An applied file is never edited: write a new one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from graph.errors import SchemaError
from graph.statement import split_statements

MIGRATIONS = Path(__file__).parent / "migrations"
INDEX_WAIT_SECONDS = 3600
"""How long a large graph may take to fill a new index."""

_SCHEMA = re.compile(r"(CREATE|DROP) (\w+ )?(CONSTRAINT|INDEX) ")

_APPLIED = """
MATCH (migration:Migration)
RETURN migration.number AS number, migration.name AS name, migration.checksum AS checksum
ORDER BY number
"""
_REMEMBER = """
MERGE (migration:Migration {number: $number})
SET migration.id = $id, migration.name = $name, migration.checksum = $checksum,
    migration.applied_at = datetime($applied_at)
"""


class Session(Protocol):
    """What a migration needs of a session: graph.connection.BatchSession has it."""

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one read."""
        ...

    def run_alone(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """One auto-commit statement."""
        ...

    def write(self, work: Callable[[Any], Any]) -> Any:
        """Do the work in one transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration file."""

    number: int
    name: str
    checksum: str
    statements: tuple[str, ...]
    verifications: tuple[str, ...]

    @property
    def title(self) -> str:
        """The stem of its file."""
        return f"{self.number:04}_{self.name}"


def read_migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """The migrations in a folder, numbered from 1 without a gap; raises SchemaError otherwise."""
    migrations = tuple(_read(path) for path in sorted(folder.glob("*.cypher")))
    for expected, migration in enumerate(migrations, start=1):
        if migration.number != expected:
            raise SchemaError(
                f"migration {expected:04} is missing before {migration.title}",
                where=str(folder),
                remedy="number migrations one by one",
            )
    return migrations


def ensure_schema(
    session: Session,
    migrations: Sequence[Migration] | None = None,
    *,
    now: datetime | None = None,
) -> list[str]:
    """Apply what the graph lacks and name it; one small read when nothing is to do.

    Raises SchemaError when the graph was migrated by a newer or another program.
    """
    known = read_migrations() if migrations is None else migrations
    pending = pending_migrations(session, known)
    for migration in pending:
        _apply(session, migration, now or datetime.now(UTC))
    return [migration.title for migration in pending]


def pending_migrations(session: Session, known: Sequence[Migration]) -> list[Migration]:
    """The migrations that the graph lacks; raises SchemaError when its history is not ours."""
    applied = session.rows(_APPLIED)
    for place, (number, name, checksum) in enumerate(applied, start=1):
        title = f"{number:04}_{name}"
        if number != place:
            raise SchemaError(
                f"the graph has {title} and lacks migration {place:04}",
                where="the graph's :Migration nodes",
                remedy="restore the graph from a backup, or load it anew from evidence",
            )
        if number > len(known):
            raise SchemaError(
                f"the graph was migrated by a newer program ({title}, this one ends at "
                f"{len(known):04})",
                where="the graph's :Migration nodes",
                remedy="update this program",
            )
        if checksum != known[place - 1].checksum:
            raise SchemaError(
                f"{known[place - 1].title} is not the file that was applied as {title}",
                where=known[place - 1].title,
                remedy="restore the file as it was and put the change into a new migration",
            )
    return list(known[len(applied) :])


def _apply(session: Session, migration: Migration, now: datetime) -> None:
    for is_schema, statements in groupby(migration.statements, key=_is_schema):
        if is_schema:
            _run_together(session, tuple(statements))
        else:
            for statement in statements:
                session.run_alone(statement)
    session.run_alone("CALL db.awaitIndexes($seconds)", seconds=INDEX_WAIT_SECONDS)
    for query in migration.verifications:
        rows = session.rows(query)
        if rows != [(True,)]:
            raise SchemaError(
                f"{migration.title} ran but does not hold: {query} gave {rows[:3]}",
                where=migration.title,
                remedy="set right what it names, then repeat: a migration may run twice",
            )
    session.run_alone(
        _REMEMBER,
        number=migration.number,
        id=migration.title,
        name=migration.name,
        checksum=migration.checksum,
        applied_at=now,
    )


def _is_schema(statement: str) -> bool:
    return _SCHEMA.match(statement) is not None


def _run_together(session: Session, statements: Sequence[str]) -> None:
    def work(transaction: Any) -> None:
        for statement in statements:
            transaction.run(statement).consume()

    session.write(work)


def _read(path: Path) -> Migration:
    named = re.fullmatch(r"(\d{4})_([a-z0-9_]+)", path.stem)
    if named is None:
        raise SchemaError(
            f"{path.name} is not the name of a migration",
            where=str(path),
            remedy="name it like 0002_what_it_brings.cypher",
        )
    text = path.read_text(encoding="utf-8")
    return Migration(
        number=int(named[1]),
        name=named[2],
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        statements=split_statements(text, where=str(path)),
        verifications=tuple(re.findall(r"^// verify: (.+)$", text, re.MULTILINE)),
    )
