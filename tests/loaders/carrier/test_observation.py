"""What a system sees: its own ids, its own time, its own mistakes."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt

import pytest

from loaders.carrier.config import Config, config_of
from loaders.carrier.draw import Draw
from loaders.carrier.making.cluster import cluster
from loaders.carrier.native import native_id
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.seeing import mangling
from loaders.carrier.seeing.deliveries import deliveries
from loaders.carrier.seeing.mistakes import Label
from loaders.carrier.seeing.telemetry import Probes, measured_days
from loaders.carrier.seeing.versions import versions
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.timeline import OPEN


def test_ids_differ_by_system_thing_and_copy() -> None:
    made = {
        native_id(system, "account", f"a{number}-{index}", copy)
        for system in SYSTEMS
        for number in (1, 2, 5600)
        for index in (1, 2, 2499)
        for copy in (0, 1)
    }
    assert len(made) == len(SYSTEMS) * 3 * 3 * 2


def test_salesforce_ids_have_eighteen_characters_and_a_right_guard() -> None:
    found = native_id("crm_americas", "account", "a1-1")
    assert re.fullmatch(r"001[0-9A-Za-z]{12}[A-Z0-5]{3}", found)


def test_a_record_has_one_id_and_its_versions_are_in_order(
    worlds: list[Cluster], tiny: Config
) -> None:
    for system in SYSTEMS:
        if system == "telemetry":
            continue
        last: dict[tuple[str, str], int] = {}
        for day, seen in versions(tiny, system, worlds[0]):
            key = (seen.kind, seen.native_id)
            assert last.get(key, -1) < day <= tiny.last_day
            last[key] = day


def test_a_renaming_reaches_the_register_two_days_later(
    worlds: list[Cluster], tiny: Config
) -> None:
    found = []
    for world in worlds:
        names = {
            key: entity.names.steps[-1][0]
            for key, entity in world.entities.items()
            if len(entity.names.steps) > 1 and entity.names.steps[-1][0] > tiny.day_zero
        }
        for day, seen in versions(tiny, "legal_register", world):
            changed = names.get(seen.thing.key) if seen.kind == "entity" else None
            if changed and day == (changed - tiny.day_zero).days + 2:
                found.append(seen.thing.names.at(seen.on) == seen.thing.names.steps[-1][1])
    assert found
    assert all(found)


def test_a_corrected_mistake_says_the_truth_from_its_day_on(
    worlds: list[Cluster], tiny: Config
) -> None:
    labels: list[Label] = []
    shown = list(versions(tiny, "crm_emea", worlds[0], labels))
    corrected = {one.native_id: one for one in labels if one.corrected_on}
    assert corrected
    for label in corrected.values():
        said = [
            (tiny.day(day), seen.says) for day, seen in shown if seen.native_id == label.native_id
        ]
        assert label.corrected_on is not None
        assert all(not says for day, says in said if day >= label.corrected_on)
        assert all(label.property in says for day, says in said if day < label.corrected_on)


@pytest.fixture(scope="module")
def labels() -> tuple[Counter[str], Counter[str]]:
    """Mistakes by kind in ten clusters of demo, and how many records could have had them."""
    config, found, able = config_of("demo"), Counter[str](), Counter[str]()
    for number in range(2, 12):
        world, made = cluster(config, number), list[Label]()
        for system in SYSTEMS:
            if system == "telemetry":
                continue
            for day, seen in versions(config, system, world, made):
                if day == 0 and seen.kind == "account" and seen.thing.segment == "enterprise":
                    able["duplicate_account"] += bool(seen.thing.parent)
                    entity = world.entities[seen.thing.root]
                    able["identifier_missing"] += sum(
                        bool(one) for one in (entity.lei, entity.vat, entity.duns)
                    )
                    able["shared_phone"] += bool(seen.thing.parent)
                able["time_zone"] += seen.kind == "ticket"
        found.update(one.dirt for one in made)
    return found, able


@pytest.mark.parametrize("dirt", ["duplicate_account", "identifier_missing", "shared_phone"])
def test_dirt_is_as_frequent_as_configured(
    dirt: str, labels: tuple[Counter[str], Counter[str]]
) -> None:
    found, able = labels
    rate = config_of("demo").rates[dirt]
    expected = able[dirt] * rate
    assert expected > 10
    assert abs(found[dirt] - expected) < 5 * sqrt(expected) + 0.15 * expected


def test_every_kind_of_dirt_of_records_is_met(labels: tuple[Counter[str], Counter[str]]) -> None:
    config, found = config_of("demo"), labels[0]
    rare = {"mixed_currency", "ends_before_start", "old_name", "orphan_billing_account"}
    world = {"service_without_contract", "billed_to_closed"}
    assert set(config.rates) - rare - world - set(found) == set()


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        (mangling.without_form("Müller Technik GmbH", "GmbH"), "Müller Technik"),
        (mangling.without_accents("Łódź Österreich"), "Lodz Osterreich"),
        (mangling.abbreviated("Sopres Logistics International"), "Sopres Log Intl"),
        (mangling.truncated("x" * 40), "x" * 30),
    ],
)
def test_names_go_wrong_as_people_make_them(typed: str, made: str) -> None:
    assert typed == made


def test_a_wrong_number_differs_in_one_digit() -> None:
    draw = Draw(1, "digits")
    for _ in range(50):
        said = mangling.wrong_number("DE123456789", draw)
        assert sum(a != b for a, b in zip(said, "DE123456789", strict=True)) == 1


def test_probes_measure_the_services_that_live(worlds: list[Cluster], tiny: Config) -> None:
    probes = Probes(worlds[0])
    day = measured_days(tiny)[-1]
    found = probes.on(day)
    live = [one for one in probes.services if one.activated_on <= day < one.ceased_on]
    assert len(found.services) == len(live) == len(found.availability) == len(found.target)
    assert found.availability.min() >= 0
    assert found.availability.max() <= 1
    again = Probes(worlds[0]).on(day)
    assert again.services == found.services
    assert (again.utilisation_p95 == found.utilisation_p95).all()


def test_every_day_of_a_system_is_delivered_once(tiny: Config) -> None:
    for system in SYSTEMS:
        held = [
            day
            for one in deliveries(tiny, system)
            if one.dirt not in ("repeated_file", "file_whole")
            for day in range(one.since, one.of + 1)
        ]
        assert held == list(range(tiny.last_day + 1))


def test_open_is_the_last_day_there_is() -> None:
    assert OPEN.isoformat() == "9999-12-31"
