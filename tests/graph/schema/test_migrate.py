"""A graph is brought to this program's schema once, in order, or not at all."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import SchemaError
from graph.schema import ensure_schema
from graph.schema.migrate import Migration, read_migrations

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HISTORY = """
MATCH (migration:Migration)
RETURN migration.id AS id, migration.number AS number, migration.name AS name,
       toString(migration.applied_at) AS applied_at ORDER BY number
"""
FIRST = "CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (node:Thing) REQUIRE node.id IS UNIQUE;\n"
SECOND = """\
// Things have colours.
// verify: MATCH (thing:Thing) WHERE thing.colour IS NULL RETURN count(thing) = 0 AS holds
CREATE INDEX thing_colour IF NOT EXISTS FOR (node:Thing) ON (node.colour);
MATCH (thing:Thing) WHERE thing.colour IS NULL SET thing.colour = 'red; or green';
"""

Written = Callable[..., Sequence[Migration]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(**files: str) -> Sequence[Migration]:
        for name, text in files.items():
            (tmp_path / f"{name.removeprefix('m')}.cypher").write_text(text)
        return read_migrations(tmp_path)

    return write


class Counting:
    """A session that counts what it is asked."""

    def __init__(self, session: BatchSession) -> None:
        self.session = session
        self.asked: list[str] = []

    def rows(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        self.asked.append(cypher)
        return self.session.rows(cypher, **parameters)

    def write(self, work: Callable[[Any], Any]) -> Any:
        self.asked.append("a transaction")
        return self.session.write(work)

    def run_alone(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        self.asked.append(cypher)
        return self.session.run_alone(cypher, **parameters)


def schema_names(session: BatchSession) -> set[str]:
    rows = session.rows("SHOW INDEXES YIELD name WHERE name STARTS WITH 'thing_' RETURN name")
    return {name for (name,) in rows}


def test_an_empty_graph_gets_every_migration_and_remembers_them(
    unmigrated: BatchSession, written: Written
) -> None:
    migrations = written(m0001_things=FIRST, m0002_colours=SECOND)

    assert ensure_schema(unmigrated, migrations, now=NOW) == ["0001_things", "0002_colours"]

    assert schema_names(unmigrated) == {"thing_id", "thing_colour"}
    assert unmigrated.rows(HISTORY) == [
        ("0001_things", 1, "things", "2026-03-01T12:00:00Z"),
        ("0002_colours", 2, "colours", "2026-03-01T12:00:00Z"),
    ]


def test_a_graph_in_the_state_before_gets_only_what_is_new(
    unmigrated: BatchSession, written: Written
) -> None:
    ensure_schema(unmigrated, written(m0001_things=FIRST))
    unmigrated.run("CREATE (:Thing {id: 'a'}), (:Thing {id: 'b', colour: 'blue'})")

    assert ensure_schema(unmigrated, written(m0002_colours=SECOND)) == ["0002_colours"]

    assert unmigrated.rows("MATCH (n:Thing) RETURN n.id, n.colour ORDER BY n.id") == [
        ("a", "red; or green"),
        ("b", "blue"),
    ]


def test_when_nothing_is_to_do_it_is_one_read(unmigrated: BatchSession, written: Written) -> None:
    migrations = written(m0001_things=FIRST)
    ensure_schema(unmigrated, migrations)
    counting = Counting(unmigrated)

    assert ensure_schema(counting, migrations) == []

    assert len(counting.asked) == 1


def test_a_migration_cut_short_is_run_again_from_its_start(
    unmigrated: BatchSession, written: Written
) -> None:
    unmigrated.run_alone(FIRST.rstrip(";\n"))

    assert ensure_schema(unmigrated, written(m0001_things=FIRST)) == ["0001_things"]


def test_a_file_that_changed_after_it_was_applied_is_refused(
    unmigrated: BatchSession, written: Written
) -> None:
    ensure_schema(unmigrated, written(m0001_things=FIRST))

    with pytest.raises(SchemaError) as refused:
        ensure_schema(unmigrated, written(m0001_things=FIRST + "// edited\n"))

    assert refused.value.as_dict() == {
        "error": "SchemaError",
        "what": "0001_things is not the file that was applied as 0001_things",
        "where": "0001_things",
        "remedy": "restore the file as it was and put the change into a new migration",
    }


def test_a_graph_migrated_by_a_newer_program_is_refused(
    unmigrated: BatchSession, written: Written
) -> None:
    newer = written(m0001_things=FIRST, m0002_colours=SECOND)
    ensure_schema(unmigrated, newer)

    with pytest.raises(SchemaError) as refused:
        ensure_schema(unmigrated, newer[:1])

    assert refused.value.sentence == (
        "the graph was migrated by a newer program (0002_colours, this one ends at 0001) "
        "[the graph's :Migration nodes] -> update this program"
    )


def test_a_gap_in_the_graphs_history_is_refused(unmigrated: BatchSession, written: Written) -> None:
    migrations = written(m0001_things=FIRST, m0002_colours=SECOND)
    ensure_schema(unmigrated, migrations)
    unmigrated.run("MATCH (migration:Migration {number: 1}) DELETE migration")

    with pytest.raises(SchemaError, match="has 0002_colours and lacks migration 0001"):
        ensure_schema(unmigrated, migrations)


def test_a_migration_that_does_not_hold_is_not_remembered(
    unmigrated: BatchSession, written: Written
) -> None:
    migrations = written(m0001_hopes="// verify: RETURN false AS holds\nRETURN 1 AS one;\n")

    with pytest.raises(SchemaError, match="0001_hopes ran but does not hold"):
        ensure_schema(unmigrated, migrations)

    assert unmigrated.rows(HISTORY) == []


def test_a_gap_in_the_files_is_refused(written: Written) -> None:
    with pytest.raises(SchemaError, match="migration 0002 is missing before 0003_late"):
        written(m0001_things=FIRST, m0003_late=SECOND)


def test_a_file_without_a_number_is_refused(written: Written) -> None:
    with pytest.raises(SchemaError, match="things.cypher is not the name of a migration"):
        written(things=FIRST)
