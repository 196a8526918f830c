"""The list of sources, and the matrix of who supplies which property of the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api import cli
from graph.connection import BatchSession
from graph.engine import Server
from graph.facts.run import Run
from tests.commands import point_at, runner

Load = Callable[..., Run]
Footprint = Callable[..., tuple[int, list[str]]]
HEADER = "id,name,parent_id,is_deleted,created_date\n"


@pytest.fixture
def footprint(
    batches: BatchSession,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Footprint:
    """Run a command on the tests' database: its exit code, and what it says line by line."""
    point_at(server, monkeypatch)
    run = runner(capsys, cli.add_commands)

    def footprint(*arguments: str) -> tuple[int, list[str]]:
        code, out, err = run(*arguments)
        return code, (out + err).splitlines()

    return footprint


@pytest.fixture
def loaded(load: Load, tmp_path: Path) -> Run:
    """Two accounts of a CRM."""
    path = tmp_path / "accounts.csv"
    path.write_text(HEADER + "1,Alpha,,false,2024-01-01\n2,Beta,1,false,2024-01-01\n")
    return load("crm", path, as_of="2026-01-01")


def test_sources_are_told_with_what_they_hold(footprint: Footprint) -> None:
    _, lines = footprint("sources")
    begin = next(place for place, line in enumerate(lines) if line.startswith("bods "))

    assert [line.removeprefix("bods").strip() for line in lines[begin : begin + 3]] == [
        "never loaded  Beneficial ownership statements (BODS)",
        "at most 31 days old, from any publisher of BODS 0.4",
        "holds entity, relationship",
    ]


def test_sources_tell_how_fresh_they_are(footprint: Footprint, loaded: Run) -> None:
    _, (listed,) = footprint("sources", "--json")
    found = {one["source"]: (one["freshness"], one["last_complete"]) for one in json.loads(listed)}

    assert found["gleif"] == ("never loaded", None)
    assert found["crm"] == ("stale", "2026-01-02T00:00:00+00:00")


def test_what_people_called_wrong_is_told_of_its_source(
    footprint: Footprint, loaded: Run, batches: BatchSession
) -> None:
    batches.run(
        "UNWIND [['a', 'crm Account.name', null], ['b', null, null], ['c', 'crm Account.name', 1]] "
        "AS row CREATE (:Disposition {id: row[0], wrong_claim: row[1], shown_claims: "
        "['crm Account.name'], withdrawn_at: row[2]})-[:ON_SIGNAL]->(:Signal {id: row[0]})"
    )

    _, (listed,) = footprint("sources", "--json")
    of_source = {one["source"]: one["called_wrong"] for one in json.loads(listed)}
    assert of_source["crm"] == [{"claim": "Account.name", "wrong": 1, "judged": 2}]
    assert of_source["gleif"] == []
    _, lines = footprint("sources")
    assert "  crm  Account.name  1 of 2 called wrong" in [line.rstrip() for line in lines]
    _, lines = footprint("sources", "--label", "Account")
    assert lines[2].rstrip() == "  name  crm 1 (1 of 2 called wrong)"
    _, (listed,) = footprint("sources", "--label", "Account", "--json")
    assert (json.loads(listed)[0]["called_wrong"], json.loads(listed)[0]["judged"]) == (1, 2)


def test_the_matrix_is_a_line_a_property_with_the_promise_of_each_source(
    footprint: Footprint, loaded: Run
) -> None:
    code, lines = footprint("sources", "--label", "Account")

    assert code == 0
    assert [line.rstrip() for line in lines] == [
        "",
        "Account",
        "  name  crm 1",
        "",
        "sources",
        "rank: where they differ, the lowest leads; [ ] is the rank for one property",
        "  crm  rank 60 since 2026-01-02  stale  last complete 2026-01-02, at most 2 days",
        "                                        old",
        "same: shows another's value and says so too; differ: says otherwise, and is kept (why)",
    ]


def test_the_matrix_of_everything_holds_that_of_each_label(
    footprint: Footprint, loaded: Run
) -> None:
    everything = json.loads(footprint("sources", "--matrix", "--json")[1][0])
    account = json.loads(footprint("sources", "--label", "Account", "--json")[1][0])

    assert [one for one in everything if one["label"] == "Account"] == account
    assert account[0] == {
        "label": "Account",
        "property": "name",
        "source_id": "crm",
        "precedence": 60,
        "precedence_since": "2026-01-02T00:00:00Z",
        "shown": 1,
        "agreed": 0,
        "lost": 0,
        "freshness": "stale",
        "allowed_age": "P2D",
        "last_complete": "2026-01-02T00:00:00+00:00",
    }


def test_a_label_that_is_not_of_the_model_is_refused(footprint: Footprint, loaded: Run) -> None:
    code, (wrong,) = footprint("sources", "--label", "Acount")

    assert code == 2
    assert wrong.startswith("error: the model has no label 'Acount'")


def test_a_matrix_of_nothing_says_what_to_do(footprint: Footprint) -> None:
    code, lines = footprint("sources", "--matrix")

    assert code == 8
    assert lines[-1] == (
        "error: no source has described anything -> ./footprint load, or make demo"
    )
