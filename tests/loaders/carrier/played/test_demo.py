"""The demo on a carrier that is loaded already; README's picture is what it draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import add_commands
from graph.facts import run as lifecycle
from graph.settings import ROOT
from graph.terminal import settings_of_process
from queries import account_cli
from tests.commands import Command, runner, write_at_width


@pytest.fixture
def demo(
    month: Any,
    footprint: Command,
    carrier_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Run a command where the carrier lies as the demo leaves it."""
    (tmp_path / "carrier").mkdir()
    (tmp_path / "carrier" / "tiny-1").symlink_to(carrier_folder)
    monkeypatch.setenv("FOOTPRINT_STATE_DIR", str(tmp_path))
    write_at_width(96, monkeypatch)
    settings_of_process.cache_clear()
    return runner(capsys, add_commands, lambda app: app.command()(account_cli.account))


def test_the_tree_in_readme_is_what_the_demo_draws(demo: Command) -> None:
    code, told, _ = demo("demo", "--size", "tiny", "--yes")
    drawn = told.split("The largest customer")[1].split("What changed in it")[0]
    picture = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = picture.split("<!-- tree -->")[1].split("<!-- /tree -->")[0]

    assert code == 0
    assert lines(picture, "    ") == lines(drawn, "")


def test_what_is_loaded_is_not_loaded_again(demo: Command, month: Any) -> None:
    before = lifecycle.runs(month.session, limit=1000)

    code, told, said = demo("demo", "--size", "tiny", "--yes", "--json")

    # A slow machine also says that it looks at the graph, which is the progress's own concern.
    assert (code, said.splitlines()[0]) == (0, "433 of 433 deliveries are in the graph already")
    assert lifecycle.runs(month.session, limit=1000) == before
    assert [one["was_loaded"] for one in json.loads(told)["deliveries"]] == [True] * 433


def test_the_ledger_tells_what_became_of_every_delivery(demo: Command, month: Any) -> None:
    loads = {one["source_id"]: one for one in plain(demo)["loads"]}

    assert {name: one["read"] for name, one in loads.items()} == {
        name: sum(one.read for one in month.deliveries if one.system == name) for name in loads
    }
    assert {name: len(one["faults"]) for name, one in loads.items() if one["faults"]} == {
        "billing_emea": 1,
        "crm_emea": loads["crm_emea"]["load_count"] - 21,
        "network": 1,
    }
    assert loads["network"]["expected"] - loads["network"]["read"] == 100
    assert loads["crm_emea"]["waiting"] == loads["crm_emea"]["rejected"] > 10


def test_the_branches_add_up_to_what_the_account_tells(demo: Command) -> None:
    family = plain(demo)["family"]
    top = family["companies"][0]
    code, told, _ = demo("account", top["entity_id"], "--as-of", "2026-10-31", "--json")
    account = json.loads(told)

    assert (code, top["depth"]) == (0, 0)
    assert len(family["companies"]) == account["companies"]["value"]
    assert top["services"] == account["services"]["in_service"]["value"]
    assert top["billed"] == account["billing"]["billed"]["money"]


def test_every_command_that_it_names_can_be_asked(demo: Command) -> None:
    told = demo("demo", "--size", "tiny", "--yes")[1]
    commands = [line.strip() for line in told.splitlines() if line.strip().startswith("./foot")]

    assert len(commands) > 8
    assert "./footprint quarantine retry crm_emea" in commands
    assert not [line for line in commands if "''" in line or "None" in line]


def plain(demo: Command) -> dict[str, Any]:
    """What the demo tells programs."""
    found: dict[str, Any] = json.loads(demo("demo", "--size", "tiny", "--yes", "--json")[1])
    return found


def lines(text: str, indent: str) -> list[str]:
    """Lines that say something, without what indents them and without blanks at their ends."""
    return [line.removeprefix(indent).rstrip() for line in text.splitlines() if line.strip()]
