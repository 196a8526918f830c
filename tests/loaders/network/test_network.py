"""The network by the names that its other systems give: points of presence, sites, services."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts.run import Run
from loaders.source import Delivery, Ignored, RawRecord, Source
from tests.loaders.saying import Said

Say = Callable[..., Said]
Load = Callable[..., Run]


def test_a_site_of_the_network_itself_is_a_point_of_presence_with_its_room(say: Say) -> None:
    custom = {
        "pop": True,
        "country": "DE",
        "city": "Frankfurt am Main",
        "capacity_mbps": 400_000,
        "committed_mbps": 310_000.5,
        "relief_on": "2027-03-01",
        "operating_status": "degraded",
    }

    said = say("dcim.site", 31, custom, name="FRA-1", status="active", region=4)

    assert said.nodes == {
        "PointOfPresence network:pop:31": {
            "name": "FRA-1",
            "city": "Frankfurt am Main",
            "country": "DE",
            "capacity_mbps": 400_000.0,
            "committed_mbps": 310_000.5,
            "relief_on": "2027-03-01",
            "operating_status": "degraded",
        }
    }
    assert said.links == {("network:pop:31", "IN_COUNTRY", "country:DE")}
    assert (said.facts, said.unknown) == (set(), [])


def test_a_site_of_a_customer_is_the_inventorys(say: Say) -> None:
    custom = {
        "inventory_site": "SITE-1",
        "country": "DE",
        "on_net": True,
        "on_net_since": "2025-05-01",
    }

    said = say("dcim.site", 40, custom, name="Plant", status="active", tenant=5)

    assert said.nodes == {
        "Site inventory:site:SITE-1": {
            "name": "Plant",
            "country": "DE",
            "on_net": True,
            "on_net_since": "2025-05-01",
        }
    }
    assert said.facts == {("network:tenant:5", "OCCUPIES", "inventory:site:SITE-1", "", "")}


def test_a_region_that_is_a_country_names_it(say: Say) -> None:
    said = say("dcim.region", 4, {"iso2": "DE"}, name="Germany", slug="de", parent=1)

    assert said.nodes == {
        "Region network:region:4": {"code": "de", "name": "Germany"},
        "Country country:DE": {"code": "DE", "name": "Germany"},
    }
    assert said.links == {
        ("country:DE", "IN_REGION", "network:region:4"),
        ("network:region:4", "PART_OF", "network:region:1"),
    }


def test_a_circuit_is_the_inventorys_service_and_runs_through_points_of_presence(say: Say) -> None:
    custom = {"inventory_service": "S-1", "route": [31, 32], "access_path": "FRA-D-17"}

    said = say(
        "circuits.circuit",
        9,
        custom,
        cid="LON-FRA-ETH-004512",
        status="active",
        type=2,
        commit_rate=500_000,
        install_date="2024-03-01",
    )

    assert said.nodes == {
        "Service inventory:service:S-1": {
            "name": "LON-FRA-ETH-004512",
            "state": "active",
            "activated_on": "2024-03-01",
            "bandwidth_mbps": 500.0,
            "access_path": "FRA-D-17",
        }
    }
    assert said.facts == {
        ("inventory:service:S-1", "ROUTED_VIA", "network:pop:31", "2024-03-01", ""),
        ("inventory:service:S-1", "ROUTED_VIA", "network:pop:32", "2024-03-01", ""),
    }
    assert (said.links, said.unknown) == (set(), [])


@pytest.mark.parametrize(
    ("custom", "fact"),
    [
        (
            {"inventory_service": "S-1", "inventory_site": "SITE-1"},
            ("inventory:service:S-1", "DELIVERED_AT[A]", "inventory:site:SITE-1", "", ""),
        ),
        (
            {"inventory_service": "S-1", "pop": True},
            ("inventory:service:S-1", "ROUTED_VIA", "network:pop:40", "", ""),
        ),
        ({}, ("network:circuit:9", "DELIVERED_AT[A]", "network:site:40", "", "")),
    ],
)
def test_an_end_of_a_circuit_is_at_a_site_or_at_a_point_of_presence(
    say: Say, custom: dict[str, Any], fact: tuple[str, ...]
) -> None:
    said = say("circuits.circuittermination", 17, custom, circuit=9, term_side="A", site=40)

    assert said.facts == {fact}


def test_a_tenant_that_names_its_account_is_that_company(
    load: Load, facts: Callable[[str], set[Any]], tmp_path: Path
) -> None:
    tenant = {"name": "Alpha", "custom_field_data": {"account": "crm_emea:account:77"}}
    site = {"name": "Plant", "status": "active", "tenant": 5, "custom_field_data": {}}
    objects = [
        {"model": "dcim.site", "pk": 40, "fields": site},
        {"model": "tenancy.tenant", "pk": 5, "fields": tenant},
    ]
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in objects))

    run = load("network", path, full=True)

    assert run.status == "COMPLETE"
    assert {(start, end) for start, _, end, *_ in facts("OCCUPIES")} == {
        ("crm_emea:account:77", "network:site:40")
    }
    assert facts("PLAYS") == set()


@pytest.mark.parametrize(
    ("custom", "field"),
    [({"capacity_mbps": "much"}, "capacity_mbps"), ({"relief_on": "soon"}, "relief_on")],
)
def test_a_room_that_is_no_number_or_day_is_refused(
    say: Say, custom: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        say("dcim.site", 31, {"pop": True, **custom}, name="FRA-1", status="active")

    assert refused.value.where == field


def test_a_custom_field_that_nobody_knows_is_reported(say: Say) -> None:
    said = say("dcim.site", 31, {"mood": "fine"}, name="X", status="active")

    assert said.unknown == ["custom_field_data.mood"]


def test_half_an_export_and_a_repeated_object_end_nothing(load: Load, tmp_path: Path) -> None:
    fields = {"name": "Plant", "status": "active", "custom_field_data": {}}
    whole = [{"model": "dcim.site", "pk": key, "fields": fields} for key in range(6)]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(whole))
    load("network", path, full=True)

    path.write_text(json.dumps(whole)[:-60])
    half = load("network", path, full=True)
    again = [*whole, {**whole[0], "fields": {**fields, "name": "Other"}}]
    path.write_text(json.dumps(again))
    repeated = load("network", path, full=True)

    assert (half.status, half.read, half.closed) == ("PARTIAL", 0, 0)
    assert (repeated.status, repeated.rejected, repeated.closed) == ("PARTIAL", 1, 0)


def test_an_export_in_another_encoding_is_refused(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(
        '[{"model": "dcim.site", "pk": 1, "fields": {"name": "Köln"}}]'.encode("cp1252")
    )

    run = load("network", path)

    assert (run.status, run.loaded) == ("PARTIAL", 0)


def test_the_published_demo_export_is_read_whole(source: Source, shared: Path) -> None:
    path = shared / "telecom_crm" / "netbox_demo" / "netbox-demo-v3.6.json"

    items = list(source.extract(Delivery(path)))

    records = [item for item in items if isinstance(item, RawRecord)]
    assert {type(item) for item in items} == {RawRecord, Ignored}
    assert len([one for one in records if one.record_type == "circuit"]) == 29
    assert {name for one in records for name in source.transform(one).unknown} == set()


def test_a_service_in_two_inventories_keeps_what_both_say(
    load: Callable[..., Run],
    batches: BatchSession,
    node: Callable[[str], dict[str, Any]],
    tmp_path: Path,
) -> None:
    ours, theirs = tmp_path / "services.json", tmp_path / "netbox.json"
    ours.write_text(
        json.dumps(
            {
                "@type": "Service",
                "id": "S-1",
                "name": "LON-FRA-ETH-004512",
                "serviceCharacteristic": [{"name": "bandwidthMbps", "value": 500}],
            }
        )
    )
    theirs.write_text(
        json.dumps(
            {
                "model": "circuits.circuit",
                "pk": 9,
                "fields": {
                    "cid": "LON-FRA-ETH-004512",
                    "status": "active",
                    "commit_rate": 1_000_000,
                    "custom_field_data": {"inventory_service": "S-1"},
                },
            }
        )
    )

    load("inventory", ours)
    load("network", theirs)

    shown = node("inventory:service:S-1")
    claimed = batches.rows(
        "MATCH (record:SourceRecord)-[claim:CLAIMS]->(:Service) "
        "WHERE 'bandwidth_mbps' IN claim.lost RETURN record.system, claim.bandwidth_mbps"
    )
    assert shown["bandwidth_mbps"] == 500
    assert claimed == [("network", 1000.0)]
