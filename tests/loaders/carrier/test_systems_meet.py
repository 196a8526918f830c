"""What one system of the carrier mentions, another one describes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from graph.connection import BatchSession
from graph.facts.run import Run
from graph.progress import silent
from loaders.carrier.arriving import arrive
from loaders.carrier.config import Config
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.referring import product_id, service_id
from loaders.carrier.seeing.versions import versions
from loaders.carrier.systems import written_systems
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writer import write

NOBODYS = {
    "elf:": "the ELF list is no part of the carrier",
    "ra:": "nor is the list of registers",
    "contracts:customer:": "who signed a contract and is in no CRM",
    "registry:": "who is at a site, is in no CRM, and has no LEI",
    "crm_americas:user:": "owners who work in another region are users of its CRM",
}
"""What is only mentioned -> why."""


def test_after_day_0_only_what_a_mistake_left_out_is_a_stub(
    load: Callable[..., Run],
    batches: BatchSession,
    tiny: Config,
    worlds: list[Cluster],
    tmp_path: Path,
) -> None:
    systems = written_systems()
    with silent("writing") as task:
        write(tiny, tmp_path, systems, task)
    arrive(tiny, tmp_path, systems)

    for system in (one for one in systems if one != "telemetry"):  # it names services only
        path, now = tmp_path / "day-00" / system, datetime(2026, 10, 1, 12, tzinfo=UTC)
        run = load(system, path, as_of="2026-10-01", now=now, full=True)
        assert (system, run.status) == (system, "COMPLETE")

    assert set(systems) == set(SYSTEMS)
    listed = {
        seen.thing.key
        for world in worlds
        for day, seen in versions(tiny, "inventory", world)
        if seen.kind == "service" and day == 0
    }
    missing = {key for world in worlds for key in world.services} - listed
    named = {f"inventory:service:{service_id(key)}" for key in missing}
    named |= {f"inventory:product:{product_id(key)}" for key in missing}
    stubs = {one for (one,) in batches.rows("MATCH (node) WHERE node.stub RETURN node.reference")}
    assert {one for one in stubs - named if not one.startswith(tuple(NOBODYS))} == set()
