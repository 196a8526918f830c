"""The migrations bring what the model declares, and the server finds by it."""

from pathlib import Path

import pytest
from neo4j import Driver

from graph.connection import BatchSession
from graph.engine import Server
from graph.errors import UsageError
from graph.schema import ensure_schema
from graph.schema.draft import VERIFY, brought, draft, missing
from graph.schema.migrate import read_migrations
from graph.schema.wanted import wanted

NAMES = [
    "Müller Maschinenbau GmbH",
    "Société Générale S.A.",
    "Łódzka Spółka",
    "Ørsted A/S",
    "株式会社日立製作所",
    "Αθήνα Τηλεπικοινωνίες",
    "Straße & Söhne",
]


def drop_schema(session: BatchSession) -> None:
    """Drops all in two transactions: a hundred of their own would take seconds."""
    constraints = session.rows("SHOW CONSTRAINTS YIELD name RETURN name")
    session.write(lambda work: [work.run(f"DROP CONSTRAINT {name}") for (name,) in constraints])
    indexes = session.rows("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
    session.write(lambda work: [work.run(f"DROP INDEX {name}") for (name,) in indexes])
    session.run("MATCH (migration:Migration) DELETE migration")


def test_the_migrations_bring_what_the_model_declares() -> None:
    drafted = "run: python -m graph.schema.draft what_it_brings"

    assert missing(brought(read_migrations()), wanted()) == [], drafted


def test_an_empty_database_gets_what_the_migrations_bring(batches: BatchSession) -> None:
    drop_schema(batches)

    applied = ensure_schema(batches)

    there = batches.rows("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
    assert {name for (name,) in there} == set(wanted())
    assert applied == [migration.title for migration in read_migrations()]


def test_names_of_constraints_and_indexes_say_what_they_are_on() -> None:
    names = wanted()

    assert names["source_record_system_record_type_scope_key"] == (
        "CREATE INDEX source_record_system_record_type_scope_key IF NOT EXISTS "
        "FOR (node:SourceRecord) ON (node.system, node.record_type, node.scope, node.key)"
    )
    assert {"parent_in_due_on", "planned_parent_in_due_on", "former_parent_in_id"} <= set(names)
    assert "former_parent_in_due_on" not in names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("muller", ["Müller Maschinenbau GmbH"]),
        ("MÜLLER", ["Müller Maschinenbau GmbH"]),
        ("societe generale", ["Société Générale S.A."]),
        ("lodzka", ["Łódzka Spółka"]),
        ("orsted", ["Ørsted A/S"]),
        ("株式会社", ["株式会社日立製作所"]),
        ("日立", ["株式会社日立製作所"]),
        ("ΑΘΉΝΑ", ["Αθήνα Τηλεπικοινωνίες"]),
        ("strasse", ["Straße & Söhne"]),
        ("the sohne", ["Straße & Söhne"]),
    ],
)
def test_a_name_is_found_without_its_accents_and_in_any_script(
    batches: BatchSession, typed: str, found: list[str]
) -> None:
    batches.run("UNWIND $names AS name CREATE (:Name {id: name, value: name})", names=NAMES)
    query = " AND ".join(typed.split())

    rows = batches.rows(
        "CALL db.index.fulltext.queryNodes('entity_names', $query, {limit: 10}) "
        "YIELD node RETURN node.value AS value",
        query=query,
    )

    assert [name for (name,) in rows] == found


@pytest.mark.parametrize("tense", ["PARENT_IN", "FORMER_PARENT_IN", "PLANNED_PARENT_IN"])
def test_a_fact_is_found_by_its_id_in_every_tense(
    driver: Driver, batches: BatchSession, empty_graph: Server, tense: str
) -> None:
    with driver.session(database=empty_graph.database) as session:
        result = session.run(
            f"EXPLAIN MATCH ()-[fact:{tense} {{id: $id}}]->() RETURN fact.record AS record", id="a"
        )
        plan = result.consume().plan

    assert "DirectedRelationshipIndexSeek" in str(plan)


def test_a_draft_brings_what_is_missing_and_drops_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "0001_old.cypher").write_text(
        "CREATE INDEX old_thing IF NOT EXISTS FOR (node:Old) ON (node.thing);\n"
        "CREATE CONSTRAINT site_id IF NOT EXISTS FOR (node:Site) REQUIRE (node.other) IS UNIQUE;\n"
    )

    path = draft("new_things", tmp_path)

    assert path == tmp_path / "0002_new_things.cypher"
    assert path.read_text().split("\n")[:4] == [
        "// New things.",
        VERIFY,
        "DROP INDEX old_thing IF EXISTS;",
        "DROP CONSTRAINT site_id IF EXISTS;",
    ]
    assert missing(brought(read_migrations(tmp_path)), wanted()) == []
    assert draft("nothing", tmp_path) is None


def test_a_draft_needs_a_name_that_a_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        draft("What it brings", tmp_path)
