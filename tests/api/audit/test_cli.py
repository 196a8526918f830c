"""`./footprint audit list`: filtered, told in lines, and whole as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.audit import cli
from graph.access.audit import Decision, do_once, entries, note
from graph.access.principal import Principal, Role
from graph.connection import BatchSession
from graph.engine import Server
from tests.commands import Command, open_on, runner

ADA = Principal("p-ada", "Ada", Role.steward)
DAY = datetime(2026, 6, 20, 12, tzinfo=UTC)
DONE = Decision(ADA, "judge", "Judgement/a+b", DAY, "req-1", "cleaning", "c-1", {})


@pytest.fixture
def footprint(
    empty_graph: Server,
    batches: BatchSession,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Run a command against the tests' database."""
    open_on(cli, empty_graph, batches, monkeypatch)
    return runner(capsys, cli.add_commands)


def test_decisions_are_listed_by_who_and_since_when(
    footprint: Command, batches: BatchSession
) -> None:
    assert "nothing was decided" in footprint("audit", "list").out
    do_once(batches, DONE, lambda _: {})
    refused = replace(DONE, principal=Principal("p-bo", "Bo", Role.partner), at=DAY.replace(day=21))
    batches.write(lambda tx: note(tx, refused, "refused", code="FORBIDDEN", reason="not for Bo"))

    every = footprint("audit", "list", "--json").value
    assert every == [one.as_dict() for one in entries(batches)]
    assert [one["principal_name"] for one in every] == ["Bo", "Ada"]
    by_ada = footprint("audit", "list", "--principal", "Ada", "--json").value
    assert [one["outcome"] for one in by_ada] == ["done"]
    later = footprint("audit", "list", "--since", "2026-06-21", "--json").value
    assert [one["principal"] for one in later] == ["p-bo"]
    told = footprint("audit", "list").out
    for word in ("2026-06-20 12:00", "Ada (steward)", "refused: not for Bo", "for cleaning;"):
        assert word in told
    assert footprint("audit", "list", "--since", "yesterday").code == 2
