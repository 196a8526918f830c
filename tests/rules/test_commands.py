"""`./footprint rules run|diff|shadow|promote|rollback` on a graph: what is told, done, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.projection import project
from graph.terminal import settings_of_process
from rules import author_cli, cli, trying
from rules.engine.files.format import Pair, read_pair
from rules.engine.life import versions
from rules.trying import Tried
from tests.commands import point_at, runner
from tests.rules.engine.carrier import TODAY, Carrier, build
from tests.rules.engine.test_pack import OTHER, RULE, write_pack

Footprint = Callable[..., tuple[int, Any, str]]
BELOW = """
CREATE (:Demotion {id: 'd', rule: $rule, at: datetime('2026-10-02T00:00:00Z'),
                   valid_on: date('2026-10-02'), reason: 'nobody acted on it'})
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A rule that is shown, with a pack of the north beside it."""
    return write_pack(tmp_path)


@pytest.fixture
def carrier(batches: BatchSession, path: Path) -> Carrier:
    """Two accounts, loaded today; the contract of the one in the north ends in eighteen months."""
    carrier = build(batches, path)
    carrier.say(OTHER)
    for source in ("paper", "register"):
        carrier.load(source, TODAY)
    project(batches)
    return carrier


@pytest.fixture
def footprint(
    carrier: Carrier,
    path: Path,
    empty_graph: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Footprint]:
    """Run `./footprint rules ... --json` on these rules and this graph: exit code, told, errors."""
    point_at(empty_graph, monkeypatch, FOOTPRINT_EVIDENCE=str(path.parent / "evidence"))
    for module in (cli, author_cli, versions):
        monkeypatch.setattr(module, "rule_paths", lambda: [path])
    run = runner(capsys, cli.add_commands, lambda app: app.command()(lambda: None))

    def footprint(*arguments: str) -> tuple[int, Any, str]:
        told = run("rules", *arguments, "--json")
        return told.code, told.value if told.out else None, told.err

    yield footprint
    settings_of_process.cache_clear()


def test_a_run_for_a_day_to_come_is_refused_and_changes_nothing(
    footprint: Footprint, carrier: Carrier
) -> None:
    code, told, error = footprint("run", "--today", "2999-01-01")

    assert (code, told) == (2, None)
    assert "2999-01-01 is still to come" in error
    assert carrier.states() == {}


def test_diff_tells_what_would_open_and_what_regions_say_otherwise_and_writes_nothing(
    footprint: Footprint, carrier: Carrier
) -> None:
    code, told, _ = footprint("diff", RULE, "--today", str(TODAY))

    assert code == 0
    assert told == {
        "rule": RULE,
        "today": str(TODAY),
        "regions": {
            "north": [
                "message: A contract ends on {ends_on}; begin the tender. "
                "(elsewhere A contract ends on {ends_on} and nobody renews it.)",
                "horizon_days: 600 (elsewhere 365)",
            ]
        },
        "blind": "",
        "opens": [
            "A contract ends on 1 April 2027 and nobody renews it.",
            "A contract ends on 1 April 2028; begin the tender.",
        ],
        "clears": [],
        "stay": 0,
    }
    assert carrier.states() == {}


def test_a_rule_that_hid_itself_is_shown_again_by_promoting_it_which_says_why_it_was_hidden(
    footprint: Footprint, carrier: Carrier, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(author_cli, "tried", lambda paths: Tried([], 0))  # its tests: test_proof.py
    carrier.session.run(BELOW, rule=RULE)
    footprint("run", "--today", str(TODAY))
    hidden = carrier.states()

    code, told, _ = footprint("promote", RULE, "--by", "ada")
    footprint("run", "--full", "--today", str(TODAY))

    assert (code, told["status"]) == (0, "stable")
    assert told["lifted"] == "put itself in shadow on 2026-10-02: nobody acted on it"
    assert hidden == {"i": "withheld", "ni": "withheld"}
    assert carrier.states() == {"i": "open", "ni": "open"}
    assert carrier.session.rows("MATCH (d:Demotion) RETURN d.lifted_by") == [("ada",)]


def test_a_rule_with_a_fault_is_not_promoted(
    footprint: Footprint, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footprint("shadow", RULE)
    text = path.read_text()
    path.write_text(text.replace("known_gaps:", "unknown_gaps:"))

    code, told, _ = footprint("promote", RULE)

    assert code == 4
    assert told["rules"] == 1
    assert "unknown_gaps" in told["faults"][0]["reason"]
    assert "status: shadow" in path.read_text()


def test_a_rule_in_shadow_runs_and_its_signals_are_shown_to_nobody(
    footprint: Footprint, carrier: Carrier, path: Path
) -> None:
    code, told, _ = footprint("shadow", RULE)
    footprint("run", "--today", str(TODAY))

    assert (code, told["status"]) == (0, "shadow")
    assert "status: shadow" in path.read_text()
    assert carrier.states() == {"i": "withheld", "ni": "withheld"}


def test_rolling_back_writes_the_version_that_ran_before(
    footprint: Footprint, carrier: Carrier, path: Path
) -> None:
    before = path.read_text()
    footprint("run", "--today", str(TODAY))
    path.write_text(before.replace("nobody renews it", "nobody renewed it"))
    footprint("run", "--today", str(TODAY))

    code, told, _ = footprint("rollback", RULE)

    assert (code, told["rule"]) == (0, RULE)
    assert path.read_text() == before


def test_rolling_back_a_rule_that_never_ran_otherwise_is_refused(footprint: Footprint) -> None:
    code, told, error = footprint("rollback", RULE)

    assert (code, told) == (8, None)
    assert f"no other version of {RULE} ever ran" in error


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """The rules whose tests were asked for; test_proof.py runs some."""
    proved: list[Pair] = []
    monkeypatch.setattr(trying, "open_scratch", lambda *_, **__: nullcontext((None, None)))
    monkeypatch.setattr(trying, "prove", lambda pair, _: proved.append(pair) or [])
    return proved


def test_how_many_tests_ran_is_told_with_those_of_packs_and_each_file_is_read_once(
    footprint: Footprint, proved: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(trying, "read_pair", lambda path: read.append(path) or read_pair(path))

    assert footprint("test") == (0, {"rules": 1, "tests": 6, "faults": []}, "")
    assert [one.region for one in proved] == ["", "north"]
    assert len(read) == 1


def test_a_rule_with_a_fault_has_no_test_that_ran(
    footprint: Footprint, proved: list[Pair], path: Path
) -> None:
    path.write_text(path.read_text().replace("identity: [item_id]", "identity: [itm_id]"))

    code, told, _ = footprint("test")

    assert (code, told["tests"], proved) == (4, 0, [])


def test_rules_are_listed_a_line_each_under_their_titles(
    footprint: Footprint, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = footprint("list")
    assert (code, [one["rule"] for one in told]) == (0, [RULE])

    author_cli.list_rules()

    titles, line = capsys.readouterr().out.splitlines()
    assert titles.split() == list(told[0])
    assert line.split()[:3] == [RULE, "renewal", "stable"]
