"""The database beside the real one: how it is asked for, without starting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.progress import silent
from graph.settings import Settings
from rules.engine.trial import scratch


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings of every database that was asked for."""
    opened: list[Settings] = []

    @contextmanager
    def open_graph(settings: Settings, _: object) -> Iterator[None]:
        opened.append(settings)
        yield

    monkeypatch.setattr(scratch, "open_graph", open_graph)
    monkeypatch.setattr(scratch, "stop_server", lambda _: None)
    return opened


def test_it_is_a_local_one_beside_whatever_is_given(opened: list[Settings], tmp_path: Path) -> None:
    given = Settings(neo4j_uri="bolt://elsewhere", state_dir=tmp_path, bolt_port=7687)

    with scratch.open_scratch(given, progress=silent):
        pass

    (beside,) = opened
    assert (beside.neo4j_uri, beside.state_dir) == (None, tmp_path / "scratch")
    assert (beside.bolt_port, beside.http_port, beside.java_flags) == (0, 0, "")


def test_for_brief_work_java_starts_sooner_and_flags_that_are_set_win(
    opened: list[Settings], tmp_path: Path
) -> None:
    given = Settings(state_dir=tmp_path, java_flags="-XX:TieredStopAtLevel=4")

    with scratch.open_scratch(given, progress=silent, is_brief=True):
        pass

    assert opened[0].java_flags == "-XX:TieredStopAtLevel=1 -XX:TieredStopAtLevel=4"
