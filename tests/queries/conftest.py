"""What the tests of queries share: a graph that a loader wrote, and the session that asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession, ReadSession, open_reads
from graph.engine import Server
from graph.facts.run import Run
from queries import cli
from queries.terminal import conversation
from tests.commands import Command, runner
from tests.queries.register import Toy, write

Register = Callable[..., Run]


@pytest.fixture
async def graph(batches: BatchSession, empty_graph: Server) -> AsyncIterator[ReadSession]:
    """The session that queries ask."""
    async with open_reads(empty_graph) as session:
        yield session


@pytest.fixture
def register(load: Callable[..., Run], tmp_path: Path) -> Register:
    """Load records: `register(company("A"), on="2024-01-01", known="2024-01-02")`."""

    def register(
        *records: Mapping[str, Any],
        on: str = "2026-01-01",
        known: str = "2026-01-02",
        source: str = "toy",
        precedence: int = 50,
        full: bool = True,
        warned: bool = False,
    ) -> Run:
        moment = datetime.fromisoformat(known).replace(tzinfo=UTC)
        path = write(tmp_path, f"{source}-{known}", *records)
        run = load(Toy(source, precedence), path, as_of=on, now=moment, full=full)
        assert (run.status, run.rejected, bool(run.warnings)) == ("COMPLETE", 0, warned)
        return run

    return register


@pytest.fixture
def footprint(
    empty_graph: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command against the tests' database."""
    monkeypatch.setattr(conversation, "open_server", lambda *_, **__: empty_graph)
    return runner(capsys, cli.add_commands)
