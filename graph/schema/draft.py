"""Writes the next migration when the model declares what no migration brings.

Run it as `python -m graph.schema.draft <what_it_brings>` after changing the model.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.errors import UsageError
from graph.schema.migrate import MIGRATIONS, Migration, read_migrations
from graph.schema.wanted import wanted

VERIFY = (
    "// verify: SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' "
    "RETURN count(name) = 0 AS holds"
)


def brought(migrations: Sequence[Migration]) -> Mapping[str, str]:
    """The constraints and indexes that stand after all migrations, by name."""
    standing: dict[str, str] = {}
    for migration in migrations:
        for statement in migration.statements:
            created = re.match(r"CREATE (?:FULLTEXT INDEX|INDEX|CONSTRAINT) (\w+) ", statement)
            dropped = re.match(r"DROP (?:INDEX|CONSTRAINT) (\w+)", statement)
            if created:
                standing[created[1]] = statement
            if dropped:
                standing.pop(dropped[1], None)
    return standing


def missing(standing: Mapping[str, str], target: Mapping[str, str]) -> list[str]:
    """The statements that lead from what stands to what is wanted: drops first."""
    drops = [
        f"DROP {_kind(statement)} {name} IF EXISTS"
        for name, statement in standing.items()
        if target.get(name) != statement
    ]
    creates = [statement for name, statement in target.items() if standing.get(name) != statement]
    return drops + creates


def draft(name: str, folder: Path = MIGRATIONS) -> Path | None:
    """Write the next migration file; None when the migrations bring all that is declared."""
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise UsageError(f"{name!r} cannot name a migration", remedy="use snake_case")
    migrations = read_migrations(folder)
    statements = missing(brought(migrations), wanted())
    if not statements:
        return None
    path = folder / f"{len(migrations) + 1:04}_{name}.cypher"
    body = ";\n".join(statements)
    path.write_text(f"// {name.replace('_', ' ').capitalize()}.\n{VERIFY}\n{body};\n")
    return path


def _kind(statement: str) -> str:
    return "CONSTRAINT" if statement.startswith("CREATE CONSTRAINT") else "INDEX"


if __name__ == "__main__":
    written = draft(sys.argv[1] if len(sys.argv) == 2 else "")
    sys.stdout.write(f"{written or 'nothing to migrate'}\n")
