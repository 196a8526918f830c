"""The database killed in mid-load: a clear error, and the next load finishes the work."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.connection import open_batches
from graph.engine import open_server, stop_server
from graph.errors import EngineUnavailable
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.schema import ensure_schema
from graph.settings import Settings, read_settings
from tests.loaders.conftest import Loads

RECORDS = [
    (f"r{number}", {"name": f"Company {number}", "parents": [{"of": f"r{number // 3}"}]})
    for number in range(1, 31)
]


class Killing:
    """A session whose server is killed as its n-th batch is about to be written."""

    def __init__(self, session: Any, server: int, batch: int) -> None:
        self._session, self._server, self._left = session, server, batch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def write(self, work: Any) -> Any:
        if "Loading.write" in work.__qualname__:
            self._left -= 1
            if not self._left:
                os.kill(self._server, signal.SIGKILL)
        return self._session.write(work)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    """Settings of a child process that only this test uses."""
    settings = read_settings(
        env_file=None, state_dir=tmp_path, neo4j_uri=None, heap="256m", page_cache="64m"
    )
    yield settings
    stop_server(settings)


@pytest.mark.timeout(900)
def test_a_killed_server_is_an_error_and_the_next_load_finishes(own, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("graph.connection.RETRY_SECONDS", 1.0)
    evidence = EvidenceStore(str(tmp_path / "evidence"))
    server = open_server(own)
    with open_batches(server) as session:
        ensure_schema(session)
        loads = Loads(Killing(session, server.pid, 3), evidence)
        with pytest.raises(EngineUnavailable, match="the server went away"):
            loads(RECORDS, batch_rows=6)

    with open_batches(open_server(own)) as session:
        loads.session = session
        run = loads(RECORDS, batch_rows=6)

        assert (run.status, run.unchanged, run.loaded) == ("COMPLETE", 12, 18)
        assert len(loads.current()) == 30
        broken = lifecycle.runs(session)[1]
        assert (broken.status, broken.loaded, broken.evidence_rows) == ("FAILED", 12, 12)
        assert broken.reason.startswith("interrupted")
        for position, key in session.rows(
            "MATCH (record:SourceRecord) RETURN record.position, record.key"
        ):
            assert evidence.entry(position).key == key
