"""The database of an installation, opened for work: started if need be, and with its schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph.connection import BatchSession, open_batches
from graph.engine import Server, open_server
from graph.progress import Progress
from graph.schema import ensure_schema
from graph.settings import Settings


@contextmanager
def open_graph(settings: Settings, progress: Progress) -> Iterator[tuple[Server, BatchSession]]:
    """The server and a session on it, closed at the end."""
    server = open_server(settings, progress=progress)
    with open_batches(server) as session:
        ensure_schema(session)
        yield server, session
