"""The database that tests run on: given, in a container, or a child process; always Neo4j."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings as of_hypothesis
from neo4j import Driver, GraphDatabase
from pydantic import SecretStr

from graph.connection import BatchSession, open_batches
from graph.engine import Server, open_server, stop_server
from graph.evidence import EvidenceStore
from graph.facts.run import Run
from graph.progress import LineProgress
from graph.schema import ensure_schema
from graph.settings import ROOT, Settings, read_settings
from loaders.source import Source, find_source
from loaders.sync import Order, sync

of_hypothesis.register_profile("footprint", deadline=None)  # a busy machine is no fault
of_hypothesis.load_profile("footprint")

# Unknown labels and types on an empty database arrive as one line each.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)

NOW = datetime(2026, 1, 2, tzinfo=UTC)
"""The clock of tests that do not bring their own."""

IMAGE = "neo4j:5.26.31-community"


MOST_AT_ONCE = 4
"""Each worker has a database of its own, which holds a gibibyte and more."""


TOGETHER = (ROOT / "tests" / "loaders" / "carrier" / "played",)
"""Folders whose files share a graph that takes minutes to fill."""


def pytest_xdist_auto_num_workers() -> int:
    """One worker a processor; a given database is one, and each test deletes all that it holds."""
    return 0 if os.environ.get("NEO4J_URI") else min(os.cpu_count() or 1, MOST_AT_ONCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one worker what shares what it prepared: a file, or a folder that says so."""
    for item in items:
        together = next((one for one in TOGETHER if one in item.path.parents), item.path)
        item.add_marker(pytest.mark.xdist_group(together.relative_to(ROOT).as_posix()))


def pytest_report_header() -> str:
    """Says before the first test which database it will be."""
    if os.environ.get("NEO4J_URI"):
        return f"database: {os.environ['NEO4J_URI']} (NEO4J_URI)"
    if _docker_answers():
        return f"database: {IMAGE} in a container"
    return f"database: Neo4j as a child process under {_state_dir()}"


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings for tests: a state folder of their own, so the demo's data stay untouched."""
    return read_settings(
        env_file=None,
        state_dir=_state_dir(),
        heap="1g",
        page_cache="256m",
        start_timeout=300.0,
    )


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Server]:
    """One Neo4j for the whole session."""
    if settings.neo4j_uri:
        given = open_server(settings)
        _refuse_unless_empty(given)
        yield given
    elif _docker_answers():
        yield from _container(settings)
    else:
        yield open_server(settings, progress=LineProgress())
        stop_server(settings)


@pytest.fixture(scope="session")
def driver(server: Server) -> Iterator[Driver]:
    """A driver on the tests' server."""
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        yield driver


@pytest.fixture(scope="session")
def emptied(server: Server, driver: Driver) -> Callable[[], Server]:
    """Delete all nodes and relationships of the server; constraints and indexes stay."""

    def emptied() -> Server:
        wipe(driver, server.database)
        return server

    return emptied


@pytest.fixture
def empty_graph(emptied: Callable[[], Server]) -> Server:
    """The server with no nodes and no relationships; constraints and indexes stay."""
    return emptied()


@pytest.fixture
def batches(empty_graph: Server) -> Iterator[BatchSession]:
    """A batch session on an empty graph with its schema."""
    with open_batches(empty_graph) as session:
        ensure_schema(session)
        yield session


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceStore:
    """An evidence store of the test's own."""
    return EvidenceStore(str(tmp_path / "evidence"))


@pytest.fixture
def load(batches: BatchSession, evidence: EvidenceStore) -> Callable[..., Run]:
    """Load a delivery: `load("gleif", path, as_of="2025-01-01", full=True)` -> the ended run."""

    def load(
        source: str | Source,
        path: Path,
        *,
        as_of: str = "2026-01-01",
        now: datetime | None = None,
        **order: Any,
    ) -> Run:
        found = find_source(source) if isinstance(source, str) else source
        asked = Order(path, date.fromisoformat(as_of), now or NOW, **order)
        return sync(found, asked, batches, evidence)

    return load


@pytest.fixture
def facts(batches: BatchSession) -> Callable[..., set[tuple[Any, ...]]]:
    """Believed facts of a type in every tense: (start, type, end, from, to) by reference."""

    def facts(fact_type: str) -> set[tuple[Any, ...]]:
        rows = batches.rows(
            f"MATCH (start)-[fact:{fact_type}|FORMER_{fact_type}|PLANNED_{fact_type}]->(end) "
            "WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z') "
            "RETURN start.reference, type(fact), coalesce(end.reference, end.value), "
            "toString(fact.valid_from), toString(fact.valid_to)"
        )
        return set(rows)

    return facts


@pytest.fixture
def node(batches: BatchSession) -> Callable[[str], dict[str, Any]]:
    """The properties of the node with this reference, without ids and clocks."""

    def node(reference: str) -> dict[str, Any]:
        rows = batches.rows(
            "MATCH (node {reference: $reference}) WHERE NOT node:EntityAlias "
            "RETURN properties(node), labels(node)[0]",
            reference=reference,
        )
        hidden = ("id", "record", "reference", "first_seen_at", "last_seen_at", "revised")
        return {
            "label": rows[0][1],
            **{name: value for name, value in rows[0][0].items() if name not in hidden},
        }

    return node


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared sample data beside the repository."""
    folder = Path(os.environ.get("FOOTPRINT_SHARED") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}: set FOOTPRINT_SHARED to run this test")
    return folder


COUNT = "MATCH ()-[link]->() RETURN count(link) AS count"
DELETED_AT_ONCE = 50_000


def wipe(driver: Driver, database: str) -> None:
    """Deletes everything in batches, so that no transaction grows with the graph.

    Relationships first where there are many: one node may have more than a transaction can delete.
    """
    with driver.session(database=database) as session:
        while session.run(COUNT).single(strict=True)["count"] > DELETED_AT_ONCE:
            session.run(f"MATCH ()-[link]->() WITH link LIMIT {DELETED_AT_ONCE} DELETE link")
        while session.run(
            "MATCH (node) WHERE NOT node:Migration WITH node LIMIT 5000 "
            "DETACH DELETE node RETURN count(*) AS deleted"
        ).single(strict=True)["deleted"]:
            pass


def _state_dir() -> Path:
    given = os.environ.get("FOOTPRINT_TEST_STATE")
    folder = Path(given).absolute() if given else ROOT / ".footprint" / "tests"
    return folder / os.environ.get("PYTEST_XDIST_WORKER", "")


def _refuse_unless_empty(server: Server) -> None:
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        records, _, _ = driver.execute_query(
            "MATCH (node) RETURN count(node) AS nodes", database_=server.database
        )
    if records[0]["nodes"]:
        pytest.exit(
            f"{server.uri} holds {records[0]['nodes']} nodes, and tests delete everything: "
            "point NEO4J_URI at an empty database, or unset it",
            returncode=3,
        )


def _docker_answers() -> bool:
    """Whether a Docker engine accepts connections where its clients would look for one."""
    address = urlsplit(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock")
    try:
        if address.scheme == "unix":
            with socket.socket(socket.AF_UNIX) as engine:
                engine.settimeout(3)
                engine.connect(address.path)
                return True
        with socket.create_connection((address.hostname or "", address.port or 2375), 3):
            return True
    except OSError:
        return False


def _container(settings: Settings) -> Iterator[Server]:
    from testcontainers.neo4j import Neo4jContainer

    limited = Neo4jContainer(IMAGE, password="only-for-tests").with_env(
        "NEO4J_db_memory_transaction_max", "256m"
    )
    with limited as container:
        uri = container.get_connection_url()
        yield open_server(
            settings.model_copy(
                update={"neo4j_uri": uri, "neo4j_password": SecretStr("only-for-tests")}
            )
        )
