"""A database that does not come up is explained by its exit code and its own last words."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from graph.engine import open_server, starting
from graph.engine.artifacts import Jars
from graph.engine.home import home_of
from graph.engine.record import read_record
from graph.errors import EngineStartFailed
from graph.settings import Settings, read_settings


@pytest.fixture
def local(tmp_path: Path) -> Settings:
    return read_settings(env_file=None, state_dir=tmp_path, neo4j_uri=None, start_timeout=2.0)


def start_instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Lets a shell script stand for the database."""
    monkeypatch.setattr(starting, "provide", lambda *_: Jars(Path("/nowhere"), ()))
    monkeypatch.setattr(starting, "command", lambda *_: ["/bin/sh", "-c", script])


@pytest.mark.parametrize(
    ("script", "what", "remedy"),
    [
        ("echo 'ERROR Failed to start: odd'; exit 1", "failed to start", "db reset"),
        ("exit 2", "another process uses this store", "end the other process"),
        ("echo 'Unrecognized setting. No declared'; exit 3", "configuration", "report this"),
        ("echo 'java.lang.OutOfMemoryError: Java heap space'; exit 3", "heap", "FOOTPRINT_HEAP"),
        ("echo 'ERROR No space left on device'; exit 1", "No space left", "free disk space"),
        ("kill -9 $$", "killed by signal 9", "FOOTPRINT_HEAP"),
        ("echo 'Could not find or load main class'; exit 1", "main class", "that log"),
    ],
)
def test_an_early_end_is_explained(
    local: Settings, monkeypatch: pytest.MonkeyPatch, script: str, what: str, remedy: str
) -> None:
    start_instead(monkeypatch, script)

    with pytest.raises(EngineStartFailed) as caught:
        open_server(local)

    assert what in caught.value.what
    assert remedy in caught.value.remedy
    assert caught.value.where == str(home_of(local).console)


def test_a_database_that_never_answers_is_ended(
    local: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_instead(monkeypatch, "exec sleep 60")

    with pytest.raises(EngineStartFailed, match="did not answer within 2 seconds"):
        open_server(local)

    record = read_record(home_of(local))
    assert record is not None
    assert not psutil.pid_exists(record.pid)
