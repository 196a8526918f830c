"""Places, parties and circuits of NetBox in the model's words, from an export and from the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected


def test_a_region_lies_in_the_larger_one(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    said = say(
        django("dcim.region", 43, name="New York", slug="ny", parent=7, lft=2, rght=3, level=2)
    )

    assert said.record == ("region", "43")
    assert said.nodes == {"Region netbox:region:43": {"code": "ny", "name": "New York"}}
    assert said.links == {("netbox:region:43", "PART_OF", "netbox:region:7")}
    assert (said.facts, said.unknown) == (set(), [])


def test_a_site_is_in_its_region_and_occupied_by_its_tenant(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    said = say(
        django(
            "dcim.site",
            2,
            name="DM-Akron",
            _name="DM-Akron",
            slug="dm-akron",
            status="active",
            region=51,
            group=2,
            tenant=5,
            physical_address="7 Lane\r\nMenasha, WI 54952",
            latitude=None,
            asns=[],
        )
    )

    assert said.nodes == {
        "Site netbox:site:2": {"name": "DM-Akron", "address": "7 Lane, Menasha, WI 54952"}
    }
    assert said.facts == {("netbox:tenant:5", "OCCUPIES", "netbox:site:2", "")}
    assert said.links == {("netbox:site:2", "IN_REGION", "netbox:region:51")}
    assert said.unknown == []


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        ("planned", {("planned netbox:tenant:5", "OCCUPIES", "netbox:site:2", "")}),
        ("staging", {("planned netbox:tenant:5", "OCCUPIES", "netbox:site:2", "")}),
        ("decommissioning", {("netbox:tenant:5", "OCCUPIES", "netbox:site:2", "")}),
        ("retired", set()),
    ],
)
def test_a_site_that_is_to_come_is_a_plan_and_a_retired_one_is_left(
    say: Callable[..., Any], django: Callable[..., Any], status: str, facts: set[Any]
) -> None:
    said = say(django("dcim.site", 2, name="X", status=status, tenant=5))

    assert said.facts == facts


def test_a_tenant_is_a_company_that_plays_a_customer_and_its_group_is_no_parent(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    said = say(
        django(
            "tenancy.tenant",
            5,
            name="Dunder-Mifflin, Inc.",
            slug="dunder-mifflin",
            group=1,
            custom_field_data={"cust_id": "DMI01", "mood": "fine", "empty": ""},
        )
    )

    assert said.nodes == {
        "LegalEntity netbox:tenant:5": {"name": "Dunder-Mifflin, Inc."},
        "Name name:trading::Dunder-Mifflin, Inc.": {
            "value": "Dunder-Mifflin, Inc.",
            "kind": "trading",
        },
        "Customer netbox:customer:5": {},
        "Identifier identifier:customer_number:netbox:DMI01": {
            "scheme": "customer_number",
            "value": "DMI01",
            "issuer": "netbox",
        },
    }
    me = "netbox:tenant:5"
    assert said.facts == {
        (me, "HAS_NAME", "name:trading::Dunder-Mifflin, Inc.", ""),
        (me, "PLAYS", "netbox:customer:5", ""),
        (me, "HAS_IDENTIFIER", "identifier:customer_number:netbox:DMI01", ""),
    }
    assert said.unknown == ["custom_field_data.mood"]


def test_a_provider_is_a_company_and_no_customer(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    said = say(django("circuits.provider", 5, name="Level 3", slug="level-3", asns=[]))

    assert said.nodes == {
        "LegalEntity netbox:provider:5": {"name": "Level 3"},
        "Name name:trading::Level 3": {"value": "Level 3", "kind": "trading"},
    }
    assert said.facts == {("netbox:provider:5", "HAS_NAME", "name:trading::Level 3", "")}


def test_a_circuit_type_is_an_offering(say: Callable[..., Any], django: Callable[..., Any]) -> None:
    said = say(django("circuits.circuittype", 2, name="MPLS", slug="mpls"))

    assert said.nodes == {"ProductOffering netbox:circuit_type:2": {"name": "MPLS"}}


def test_a_circuit_is_a_service_and_the_product_it_realizes(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    said = say(
        django(
            "circuits.circuit",
            1,
            cid="KKDG4923",
            provider=5,
            provider_account=None,
            type=2,
            status="active",
            tenant=5,
            install_date="2023-02-01",
            termination_date="2026-02-01",
            commit_rate=1500,
            termination_a=48,
            termination_z=1,
        )
    )

    assert said.nodes == {
        "Service netbox:circuit:1": {
            "name": "KKDG4923",
            "state": "active",
            "activated_on": "2023-02-01",
            "ceased_on": "2026-02-01",
            "bandwidth_mbps": 1.5,
        },
        "Product netbox:product:1": {
            "status": "active",
            "starts_on": "2023-02-01",
            "terminates_on": "2026-02-01",
        },
    }
    assert said.facts == {
        ("netbox:product:1", "REALIZED_BY", "netbox:circuit:1", "2023-02-01"),
    }
    assert said.links == {("netbox:product:1", "OF_OFFERING", "netbox:circuit_type:2")}
    assert said.unknown == []


@pytest.mark.parametrize(
    ("status", "service", "product"),
    [
        ("planned", "designed", "created"),
        ("provisioning", "reserved", "pendingActive"),
        ("offline", "inactive", "suspended"),
        ("deprovisioning", "inactive", "pendingTerminate"),
        ("decommissioned", "terminated", "terminated"),
    ],
)
def test_a_circuit_status_is_a_state_of_service_and_product(
    say: Callable[..., Any], django: Callable[..., Any], status: str, service: str, product: str
) -> None:
    said = say(django("circuits.circuit", 1, cid="A", status=status))

    assert said.nodes["Service netbox:circuit:1"]["state"] == service
    assert said.nodes["Product netbox:product:1"]["status"] == product


@pytest.mark.parametrize(
    ("end", "facts"),
    [
        (
            {"site": 2, "provider_network": None},
            {("netbox:circuit:1", "DELIVERED_AT", "netbox:site:2", "")},
        ),
        ({"site": None, "provider_network": 1}, set()),
        (
            {"termination_type": "dcim.site", "termination_id": 2},
            {("netbox:circuit:1", "DELIVERED_AT", "netbox:site:2", "")},
        ),
        ({"termination_type": "circuits.providernetwork", "termination_id": 1}, set()),
    ],
)
def test_a_circuit_is_delivered_at_the_sites_where_it_ends_and_nowhere_else(
    say: Callable[..., Any], django: Callable[..., Any], end: dict[str, Any], facts: set[Any]
) -> None:
    said = say(django("circuits.circuittermination", 9, circuit=1, term_side="Z", **end))

    assert (said.nodes, said.facts, said.links) == ({}, facts, set())


def test_the_api_says_the_same_as_an_export(
    say: Callable[..., Any], django: Callable[..., Any]
) -> None:
    exported = say(
        django(
            "circuits.circuit", 1, cid="A", provider=5, type=2, status="offline", commit_rate=2000
        )
    )

    listed = say(
        {
            "count": 1,
            "next": None,
            "previous": None,
            "results": [
                {
                    "id": 1,
                    "url": "https://netbox.example/api/circuits/circuits/1/",
                    "display": "A",
                    "cid": "A",
                    "provider": {"id": 5, "url": "https://...", "name": "Level 3"},
                    "type": {"id": 2, "name": "MPLS", "slug": "mpls"},
                    "status": {"value": "offline", "label": "Offline"},
                    "commit_rate": 2000,
                    "tags": [],
                    "custom_fields": {},
                    "termination_count": 2,
                    "last_updated": "2024-05-01T10:00:00Z",
                }
            ],
        }
    )

    assert listed == exported


@pytest.mark.parametrize(
    ("field", "model", "fields"),
    [
        ("name", "dcim.site", {"status": "active"}),
        ("status", "dcim.site", {"name": "X", "status": "haunted"}),
        ("tenant", "dcim.site", {"name": "X", "status": "active", "tenant": ["dunder", "x"]}),
        ("install_date", "circuits.circuit", {"cid": "A", "install_date": "31/02/2024"}),
        ("commit_rate", "circuits.circuit", {"cid": "A", "commit_rate": "fast"}),
        ("circuit", "circuits.circuittermination", {"term_side": "A"}),
        (
            "termination_type",
            "circuits.circuittermination",
            {"term_side": "A", "circuit": 1, "termination_type": "dcim.moonbase"},
        ),
        ("last_updated", "dcim.region", {"name": "X", "last_updated": "2024-02-31T00:00:00Z"}),
    ],
)
def test_what_is_not_understood_rejects_by_field(
    say: Callable[..., Any],
    django: Callable[..., Any],
    field: str,
    model: str,
    fields: dict[str, Any],
) -> None:
    with pytest.raises(RecordRejected) as rejected:
        say(django(model, 1, **{"status": "active", **fields}))

    assert rejected.value.where == field


def test_an_unknown_field_is_reported(say: Callable[..., Any], django: Callable[..., Any]) -> None:
    said = say(django("dcim.region", 1, name="X", climate="mild"))

    assert said.unknown == ["climate"]
