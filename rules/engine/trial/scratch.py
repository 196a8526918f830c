"""A local database beside the real one, for trying: what is in it matters to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph.connection import BatchSession
from graph.engine import Server, reset_server, stop_server
from graph.opening import open_graph
from graph.progress import Progress
from graph.settings import Settings

FOLDER = "scratch"
SOONER = "-XX:TieredStopAtLevel=1"
"""Java compiles only roughly: a rule is tested with 20 s of processor instead of 35."""


@contextmanager
def open_scratch(
    settings: Settings, *, progress: Progress, empty: bool = False, is_brief: bool = False
) -> Iterator[tuple[Server, BatchSession]]:
    """The scratch database and a session on it, always a local one; it is stopped at the end.

    `empty`: begin with nothing in it. `is_brief`: for work of minutes it is better off started
    sooner than fast; flags that are set win.
    """
    beside = settings.model_copy(
        update={
            "neo4j_uri": None,
            "state_dir": settings.state_dir / FOLDER,
            "bolt_port": 0,
            "http_port": 0,
            "java_flags": f"{SOONER} {settings.java_flags}" if is_brief else settings.java_flags,
        }
    )
    if empty:
        reset_server(beside)
    try:
        with open_graph(beside, progress) as opened:
            yield opened
    finally:
        stop_server(beside)
