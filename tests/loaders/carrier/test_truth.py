"""The written truth says what the world is."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.errors import UsageError
from graph.progress import silent
from loaders.carrier.arriving import arrive
from loaders.carrier.cli import app
from loaders.carrier.config import Config
from loaders.carrier.play import days_of, listed
from loaders.carrier.seeing.index import Index
from loaders.carrier.truth.reading import Truth
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writer import write

SYSTEMS = ("territories",)


@pytest.fixture(scope="module")
def folder(tiny: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("truth")
    with silent("writing") as task:
        write(tiny, out, SYSTEMS, task)
    arrive(tiny, out, SYSTEMS)
    return out


@pytest.fixture(scope="module")
def truth(folder: Path) -> Truth:
    return Truth(folder)


@pytest.mark.parametrize("number", [0, 9, 30])
def test_the_tree_of_a_day_is_the_world_s_as_far_as_it_is_known(
    number: int, truth: Truth, indexes: list[Index], tiny: Config
) -> None:
    day = tiny.day(number)
    unknown = {row["child"] for row in truth.rows("tree") if row["known_from"] > day.isoformat()}
    for found in indexes:
        root = found.cluster.roots[0]
        shown = {row["entity"] for row in truth.tree(number, root)}
        expected = {key for key in found.cluster.entities if found.root(key, day) == root}
        assert shown | unknown >= expected
        assert shown <= expected


def test_every_record_of_a_company_leads_to_one_entity(truth: Truth, worlds: list[Cluster]) -> None:
    entities = {key for world in worlds for key in world.entities}
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in truth.rows("identity"):
        found[row["system"], row["record_type"], row["native_id"]].add(row["entity"])
    assert {entity for keys in found.values() for entity in keys} <= entities
    assert [key for key, keys in found.items() if len(keys) > 1] == []


def test_a_duplicate_account_is_two_ids_of_one_key(truth: Truth) -> None:
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in truth.rows("identity"):
        if row["record_type"] == "account":
            ids[row["system"], row["key"]].add(row["native_id"])
    twice = {next(iter(names)) for names in ids.values() if len(names) == 2}
    labelled = {
        (row["native_id"], row["truth"])
        for row in truth.rows("dirt")
        if row["dirt"] == "duplicate_account"
    }
    assert len(labelled) == len(twice) > 0


def test_every_name_and_its_days_are_told(truth: Truth, worlds: list[Cluster]) -> None:
    told = {(row["entity"], row["name"], row["valid_from"]) for row in truth.rows("entities")}
    expected = {
        (entity.key, name.legal, begins.isoformat())
        for world in worlds
        for entity in world.entities.values()
        for begins, name in entity.names.steps
    }
    assert told == expected


def test_signals_open_clear_and_go_blind_on_their_days(truth: Truth) -> None:
    found = truth.signals(30)
    assert {one["state"] for one in found} == {"open", "cleared", "silent"}
    near = [one for one in found if one["case"] == "renewed"]
    assert {one["state"] for one in near} == {"silent"}
    blind = [one for one in truth.signals(19) if one["state"] == "blind"]
    assert all(one["rule"] for one in blind)
    assert [one for one in truth.signals(18) if one["state"] == "blind"] == []


def test_right_counts_what_dirt_names(truth: Truth) -> None:
    counted = {
        (row["system"], row["record_type"], row["property"]): int(row["wrong"])
        for row in truth.rows("right")
    }
    named: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in truth.rows("dirt"):
        named[row["system"], row["record_type"], row["property"]] += 1
    assert counted == named
    assert all(int(row["wrong"]) <= int(row["records"]) for row in truth.rows("right")
               if row["record_type"] != "item")  # fmt: skip


def test_the_truth_command_shows_signals_of_a_day(folder: Path) -> None:
    rule = "contract_ends_without_renewal_opportunity"
    shown = CliRunner().invoke(app, ["truth", str(folder), "--day", "0", "--rule", rule, "--json"])
    states = [one["state"] for one in json.loads(shown.stdout)]
    assert shown.exit_code == 0
    assert sorted(states) == ["open"] * 4 + ["silent"] * 3


def test_the_truth_command_sums_up(folder: Path, worlds: list[Cluster]) -> None:
    shown = CliRunner().invoke(app, ["truth", str(folder), "--json"])
    told = json.loads(shown.stdout)
    assert told["entities"] == sum(len(world.entities) for world in worlds)
    assert told["rules with cases"] >= 48
    assert told["dirt"]["identifier_missing"] > 20


def test_writing_over_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    refused = CliRunner().invoke(app, ["write", "--size", "tiny", "--out", str(tmp_path)])
    assert isinstance(refused.exception, UsageError)
    assert "holds something else" in str(refused.exception)
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "days"), [("3", range(3, 4)), ("0-30", range(31)), ("28-", range(28, 31))]
)
def test_days_are_read_as_typed(text: str, days: range) -> None:
    assert days_of(text, 30) == days


@pytest.mark.parametrize("text", ["x", "31", "5-2", "-3"])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        days_of(text, 30)


def test_a_day_is_loaded_in_the_order_of_its_list(folder: Path) -> None:
    assert [one["system"] for one in listed(folder, 7)] == ["territories"]
    assert listed(folder, 7)[0]["full"] is True
    assert listed(folder, 8)[0]["full"] is False
