"""What the writers of the service systems and the legal register wrote is read by their loaders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import SourceError
from graph.facts.run import Run
from graph.progress import silent
from loaders.carrier.arriving import arrive, path_of
from loaders.carrier.config import Config
from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import company, product_id, service_id, site_id
from loaders.carrier.seeing.deliveries import deliveries
from loaders.carrier.seeing.versions import versions
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writer import write
from loaders.source import Delivery, Ignored, RawRecord, find_source

Load = Callable[..., Run]
SYSTEMS = (
    "contracts",
    "catalogue",
    "orders",
    "inventory",
    "network",
    "tickets",
    "telemetry",
    "legal_register",
)
DAMAGED = ("file_cut", "page_missing")
LEFT_OUT = {"tickets": {"ticket_field_history"}, "telemetry": {"open_month"}}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, tiny: Config) -> Path:
    """The deliveries of a tiny carrier."""
    out = tmp_path_factory.mktemp("carrier")
    with silent("writing") as task:
        write(tiny, out, SYSTEMS, task)
    arrive(tiny, out, SYSTEMS)
    return out


@pytest.fixture
def first(written: Path, load: Load) -> Callable[[str], Run]:
    """Load what a system delivers on day 0."""

    def first(system: str) -> Run:
        path, now = written / "day-00" / system, datetime(2026, 10, 1, 12, tzinfo=UTC)
        return load(system, path, as_of="2026-10-01", now=now, full=True)

    return first


def _seen(config: Config, worlds: list[Cluster], system: str, kind: str) -> Iterator[Seen]:
    """What a system sees of a kind on day 0."""
    for world in worlds:
        for day, seen in versions(config, system, world):
            if seen.kind == kind and day == 0:
                yield seen


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_first_delivery_is_read_whole(system: str, first: Callable[[str], Run]) -> None:
    run = first(system)

    assert (run.status, run.rejected, run.duplicate, run.adds_up) == ("COMPLETE", 0, 0, True)
    assert [warning for warning in run.warnings if "is not mapped" in warning] == []
    assert bool(run.ignored) == (system == "tickets")


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_later_delivery_is_understood_unless_it_was_damaged_on_its_way(
    system: str, tiny: Config, written: Path
) -> None:
    source = find_source(system)
    said, read = [], 0
    for one in deliveries(tiny, system):
        folder = written / f"day-{one.day:02d}" / path_of(one)
        if one.day > tiny.last_day or not folder.exists():
            continue
        try:
            for item in source.extract(Delivery(folder)):
                read += 1
                if isinstance(item, Ignored):
                    assert item.record_type in LEFT_OUT[system]
                else:
                    assert isinstance(item, RawRecord), item
                    said += source.transform(item).unknown
        except SourceError:
            assert one.dirt in DAMAGED
    assert read > 0
    assert said == []


def test_items_govern_the_products_of_the_services_that_the_world_says(
    first: Callable[[str], Run],
    facts: Callable[[str], set[Any]],
    tiny: Config,
    worlds: list[Cluster],
) -> None:
    first("contracts")

    assert {(start, end) for start, _, end, *_ in facts("GOVERNS")} == {
        (
            f"contracts:agreement_item:{seen.native_id}/{native_id('contracts', 'item', item.key)}",
            f"inventory:product:{product_id(service)}",
        )
        for seen in _seen(tiny, worlds, "contracts", "agreement")
        for item in seen.thing.items
        for service in item.services
    }


def test_services_end_at_their_sites_which_their_companies_occupy(
    first: Callable[[str], Run],
    facts: Callable[[str], set[Any]],
    tiny: Config,
    worlds: list[Cluster],
) -> None:
    first("inventory")

    services = list(_seen(tiny, worlds, "inventory", "service"))
    assert {(start, end) for start, _, end, *_ in facts("DELIVERED_AT")} == {
        (f"inventory:service:{seen.native_id}", f"inventory:site:{site_id(place)}")
        for seen in services
        for place in (seen.thing.site, seen.thing.far_site)
        if place
    }
    sites = {seen.thing.key: seen for seen in _seen(tiny, worlds, "inventory", "site")}
    occupied = set()
    for world in worlds:
        for there in world.occupancies:
            if there.site in sites and there.begins <= sites[there.site].on:
                named = company(world.entities[there.entity], world, sites[there.site].on)
                occupied.add((named, f"inventory:site:{site_id(there.site)}"))
    assert {(start, end) for start, _, end, *_ in facts("OCCUPIES")} == {
        pair for pair in occupied if pair[0]
    }


def test_the_network_and_the_inventory_speak_of_the_same_services_and_sites(
    first: Callable[[str], Run], batches: BatchSession
) -> None:
    first("inventory")
    first("network")

    assert (
        batches.rows(
            "MATCH (node:Service|Site) WHERE NOT node.reference STARTS WITH 'inventory:' "
            "RETURN node.reference"
        )
        == []
    )
    ((tied,),) = batches.rows(
        "MATCH (:Product)-[:REALIZED_BY]->(s:Service)-[:ROUTED_VIA]->(:PointOfPresence) "
        "RETURN count(DISTINCT s) > 100"
    )
    assert tied


def test_orders_act_on_services_as_the_world_says(
    first: Callable[[str], Run], batches: BatchSession, tiny: Config, worlds: list[Cluster]
) -> None:
    first("orders")

    rows = batches.rows(
        "MATCH (o:Order)-[d:DELIVERS]->(s) RETURN o.reference, d.action, s.reference, o.status"
    )
    assert set(rows) == {
        (
            f"orders:order:{seen.native_id}",
            seen.thing.action,
            f"inventory:service:{service_id(seen.thing.service)}",
            seen.thing.status.at(seen.on),
        )
        for seen in _seen(tiny, worlds, "orders", "order")
    }


def test_the_last_closed_month_has_a_measure_of_every_measured_service(
    first: Callable[[str], Run], batches: BatchSession, tiny: Config, worlds: list[Cluster]
) -> None:
    first("telemetry")

    last = {
        name
        for seen in _seen(tiny, worlds, "telemetry", "measures")
        if seen.on.month == 9
        for name in seen.thing.services
    }
    rows = batches.rows(
        "MATCH (s:Service)-[:MEASURED_IN]->(m {metric: 'availability', month: date('2026-09-01')}) "
        "RETURN s.reference, 0 <= m.value AND m.value <= 1 AND m.coverage > 0"
    )
    assert dict(rows) == dict.fromkeys((f"inventory:service:{name}" for name in last), True)


def test_the_register_knows_who_the_world_says_has_an_lei(
    first: Callable[[str], Run], batches: BatchSession, tiny: Config, worlds: list[Cluster]
) -> None:
    first("legal_register")

    rows = batches.rows(
        "MATCH (e:LegalEntity) WHERE e.stub IS NULL AND e.lei IS NOT NULL "
        "RETURN e.lei, e.name, e.status"
    )
    assert set(rows) == {
        (seen.thing.lei, seen.thing.names.at(seen.on).legal, seen.thing.status(seen.on))
        for seen in _seen(tiny, worlds, "legal_register", "entity")
    }
