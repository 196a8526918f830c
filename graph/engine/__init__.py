"""Decides which Neo4j this installation uses: the one given by NEO4J_URI, else a local child."""

from __future__ import annotations

from graph.engine.child import find_child, reset_child, start_child, stop_child
from graph.engine.probe import ask, require_supported
from graph.engine.server import Server
from graph.progress import Progress, silent
from graph.settings import Settings

__all__ = ["Server", "find_server", "open_server", "reset_server", "stop_server"]


def open_server(settings: Settings, *, progress: Progress = silent) -> Server:
    """The server to use, verified to answer; starts the local one if none is given."""
    return _given(settings) if settings.neo4j_uri else start_child(settings, progress)


def find_server(settings: Settings) -> Server | None:
    """The server to use if it answers; None if none is given and no local one runs."""
    return _given(settings) if settings.neo4j_uri else find_child(settings)


def stop_server(settings: Settings, *, progress: Progress = silent) -> bool:
    """Ends the local server; False if none ran. A given server is left alone."""
    return stop_child(settings, progress)


def reset_server(settings: Settings, *, progress: Progress = silent) -> None:
    """Stops the local server and deletes its data. A given server is left alone."""
    reset_child(settings, progress)


def _given(settings: Settings) -> Server:
    uri = settings.neo4j_uri or ""
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    answer = ask(
        uri,
        (settings.neo4j_username, password) if password else None,
        settings.neo4j_database,
        connect_timeout=settings.connect_timeout,
    )
    require_supported(answer, uri)
    return Server(
        uri=uri,
        username=settings.neo4j_username,
        password=password,
        database=settings.neo4j_database,
        kind="given",
        version=answer.version,
        edition=answer.edition,
    )
