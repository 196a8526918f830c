"""The engine gives a real Neo4j that every command shares."""

from __future__ import annotations

from neo4j import Driver

from graph.engine import Server, find_server, open_server
from graph.settings import Settings


def test_the_server_is_neo4j_five_on_loopback(server: Server) -> None:
    assert server.version.startswith("5.")
    assert server.kind != "child" or server.uri.startswith("bolt://127.0.0.1:")


def test_a_second_command_finds_the_same_process(server: Server, settings: Settings) -> None:
    assert open_server(settings).pid == server.pid
    found = find_server(settings)
    assert found is not None
    assert found.uri == server.uri


def test_an_empty_graph_has_no_nodes_but_its_migrations(
    empty_graph: Server, driver: Driver
) -> None:
    driver.execute_query("CREATE (:Left)-[:OVER]->(:Over)", database_=empty_graph.database)
    from tests.conftest import wipe

    wipe(driver, empty_graph.database)

    records, _, _ = driver.execute_query(
        "MATCH (node) WHERE NOT node:Migration RETURN count(node) AS nodes"
    )
    assert records[0]["nodes"] == 0
