"""`./footprint feeds` on a terminal: events as lines, from where it stood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.feeds import cli
from graph.connection import BatchSession
from graph.engine import Server
from tests.api.feeds.log import step
from tests.commands import point_at, runner

Footprint = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def footprint(
    batches: BatchSession,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Footprint:
    """Run a command on the tests' database: its exit code, lines of results, and the rest."""
    point_at(server, monkeypatch)
    run = runner(capsys, cli.add_commands)

    def footprint(*arguments: str) -> tuple[int, list[str], str]:
        code, out, err = run(*arguments)
        return code, out.splitlines(), err

    return footprint


def test_replay_tells_all_for_a_person_and_for_a_program(footprint: Footprint, tell: Any) -> None:
    tell(step("a", None, "open", "opened"), step("a", "open", "cleared", "cleared"))
    assert footprint("feeds", "replay", "signals")[:2] == (
        0,
        [
            "2026-01-02T00:00:00  signal.opened              Signal/a  r: new -> open",
            "2026-01-02T00:00:00  signal.cleared             Signal/a  r: open -> cleared",
        ],
    )
    _, lines, _ = footprint("feeds", "replay", "signals", "--json")
    assert [orjson.loads(one)["data"]["after"] for one in lines] == ["open", "cleared"]


def test_a_cursor_file_goes_on_where_it_stood(
    footprint: Footprint, tell: Any, tmp_path: Path
) -> None:
    file = ["--cursor-file", str(tmp_path / "seen.cursor")]
    tell(step("a", None, "open"))
    assert len(footprint("feeds", "replay", "all", *file)[1]) == 1
    tell(step("b", None, "open"), step("c", None, "open"))
    assert len(footprint("feeds", "tail", "all", "--no-follow", *file)[1]) == 2
    assert footprint("feeds", "tail", "all", "--no-follow", *file)[1] == []


def test_a_tail_begins_now_and_a_snapshot_says_where(footprint: Footprint, tell: Any) -> None:
    tell(step("a", None, "open"))
    assert footprint("feeds", "tail", "signals", "--no-follow")[1] == []
    _, lines, _ = footprint("feeds", "snapshot", "signals")
    begun = orjson.loads(lines[0])["cursor"]
    tell(step("b", None, "open"))
    _, lines, _ = footprint("feeds", "replay", "signals", "--after", begun, "--json")
    assert [orjson.loads(one)["subject"] for one in lines] == ["Signal/b"]


def test_after_a_restart_an_old_cursor_is_refused_with_what_to_do(
    footprint: Footprint, tell: Any
) -> None:
    _, lines, _ = footprint("feeds", "snapshot", "all")
    begun = orjson.loads(lines[0])["cursor"]
    assert footprint("feeds", "restart", "--yes", "--json")[:2] == (0, ['{"epoch":2}'])
    code, lines, said = footprint("feeds", "replay", "all", "--after", begun)
    assert (code, lines) == (2, [])
    assert "begin again at the snapshot" in said
    assert "./footprint feeds snapshot all" in said


def test_old_events_are_forgotten(footprint: Footprint, tell: Any) -> None:
    tell(step("a", None, "open"), moment="2020-01-01T00:00:00Z")
    code, (line,), _ = footprint("feeds", "forget", "--days", "90", "--yes", "--json")
    assert (code, orjson.loads(line)["forgotten"]) == (0, 1)
    assert footprint("feeds", "replay", "all")[1] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tail", "gossip"], "there is no feed 'gossip': signals, hierarchy, all"),
        (["replay", "all", "--after", "x"], "never gave this cursor"),
        (["tail", "all", "--after", "x", "--cursor-file", "y"], "both say where to begin"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    footprint: Footprint, arguments: list[str], said: str
) -> None:
    code, _, told = footprint("feeds", *arguments)
    assert code == 2
    assert said in " ".join(told.split())
