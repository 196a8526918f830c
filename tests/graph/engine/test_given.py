"""A server given by NEO4J_URI is used when it is a Neo4j 5, and refused with a reason otherwise."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.engine import Server, open_server, stop_server
from graph.errors import EngineIncompatible, EngineUnavailable, LoginRefused, SettingsError
from graph.settings import Settings, read_settings
from tests.graph.engine.bolt_impostor import impostor


def given(uri: str, password: str = "secret", **more: object) -> Settings:
    return read_settings(
        env_file=None,
        neo4j_uri=uri,
        neo4j_username="neo4j",
        neo4j_password=SecretStr(password),
        connect_timeout=2.0,
        **more,
    )


@pytest.fixture
def greeter() -> Iterator[str]:
    """A TCP server that greets like a mail server and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def greet() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(b"220 ready\r\n")

        threading.Thread(target=greet, daemon=True).start()
        yield f"bolt://127.0.0.1:{listening.getsockname()[1]}"


def test_a_closed_port_is_named_with_its_setting() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(EngineUnavailable) as caught:
        open_server(given(uri))

    assert caught.value.where == uri
    assert "NEO4J_URI" in caught.value.remedy


def test_a_server_of_another_protocol_is_told_from_silence(greeter: str) -> None:
    with pytest.raises(EngineIncompatible) as caught:
        open_server(given(greeter))

    assert "does not speak Bolt" in caught.value.what


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(EngineUnavailable):
            open_server(given(uri))


def test_another_database_that_speaks_bolt_is_refused() -> None:
    with impostor("Memgraph/3.0", []) as uri, pytest.raises(EngineIncompatible) as caught:
        open_server(given(uri))

    assert "Memgraph/3.0" in caught.value.what


@pytest.mark.parametrize("version", ["4.4.40", "2025.06.0", "3.5.0"])
def test_another_neo4j_than_five_is_refused(version: str) -> None:
    components: list[object] = ["Neo4j Kernel", [version], "community"]

    with (
        impostor(f"Neo4j/{version}", components) as uri,
        pytest.raises(EngineIncompatible) as caught,
    ):
        open_server(given(uri))

    assert version in caught.value.what


def test_a_neo4j_five_is_taken_as_it_says_it_is() -> None:
    components: list[object] = ["Neo4j Kernel", ["5.27-aura"], "enterprise"]

    with impostor("Neo4j/5.27-aura", components) as uri:
        server = open_server(given(uri))

    assert (server.kind, server.version, server.edition) == ("given", "5.27-aura", "enterprise")


def test_what_is_no_address_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError) as caught:
        open_server(given("http://127.0.0.1:7474"))

    assert caught.value.where == "NEO4J_URI"


def test_a_wrong_password_is_said_and_not_shown(server: Server) -> None:
    with pytest.raises(LoginRefused) as caught:
        open_server(given(server.uri, "not-the-password"))

    assert "NEO4J_PASSWORD" in caught.value.remedy
    assert "not-the-password" not in caught.value.sentence


def test_a_database_that_is_not_there_is_named(server: Server) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        open_server(given(server.uri, server.password, neo4j_database="absent"))

    assert "'absent'" in caught.value.what


def test_a_given_server_is_left_running(server: Server, tmp_path: Path) -> None:
    settings = given(server.uri, server.password, state_dir=tmp_path)
    assert open_server(settings).kind == "given"

    assert stop_server(settings) is False
    assert open_server(settings).kind == "given"
