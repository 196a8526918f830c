"""NetBox objects in both shapes, and what they say as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loaders.source import Delivery, Extracted, RawRecord, Source, find_source


@dataclass
class Said:
    """A record's claims: what is None in a node is left out."""

    record: tuple[str, str]
    nodes: dict[str, dict[str, Any]]
    facts: set[tuple[str, str, str, str]]
    links: set[tuple[str, str, str]]
    unknown: list[str]


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("netbox")


@pytest.fixture
def extracted(source: Source, tmp_path: Path) -> Callable[[Any], list[Extracted]]:
    """What extract makes of one document."""

    def extracted(document: Any) -> list[Extracted]:
        path = tmp_path / "export.json"
        path.write_text(json.dumps(document))
        return list(source.extract(Delivery(path)))

    return extracted


@pytest.fixture
def say(source: Source, extracted: Callable[[Any], list[Extracted]]) -> Callable[[Any], Said]:
    """What one object says."""

    def say(document: Any) -> Said:
        (record,) = extracted(document)
        assert isinstance(record, RawRecord)
        claims = source.transform(record)
        return Said(
            (record.record_type, record.native_id),
            {
                f"{node.ref.label} {node.ref.reference}": {
                    name: value if isinstance(value, str | float) else str(value)
                    for name, value in node.properties.items()
                    if value is not None
                }
                for node in claims.nodes
            },
            {
                (
                    ("planned " if fact.properties.get("planned") else "") + fact.start.reference,
                    fact.type,
                    fact.end.reference,
                    str(fact.valid_from or ""),
                )
                for fact in claims.facts
            },
            {(link.start.reference, link.type, link.end.reference) for link in claims.links},
            claims.unknown,
        )

    return say


@pytest.fixture
def django() -> Callable[..., dict[str, Any]]:
    """One record of a Django export."""

    def django(model: str, pk: int, **fields: Any) -> dict[str, Any]:
        common = {"created": "2024-01-01T00:00:00Z", "last_updated": "2024-05-01T10:00:00Z"}
        return {"model": model, "pk": pk, "fields": {**common, "custom_field_data": {}, **fields}}

    return django


@pytest.fixture
def demo(shared: Path) -> Path:
    """The published demo export."""
    return shared / "telecom_crm" / "netbox_demo" / "netbox-demo-v3.6.json"


@pytest.fixture
def export(tmp_path: Path, django: Callable[..., Any]) -> Callable[..., Path]:
    """A small export: two sites of one tenant and a circuit between them, less what is left out."""

    def export(*without: str, name: str = "export.json", **changed: Any) -> Path:
        records = {
            "region": django("dcim.region", 1, name="Ohio", slug="ohio"),
            "near": django("dcim.site", 1, name="Near", status="active", region=1, tenant=5),
            "far": django("dcim.site", 2, name="Far", status="active", region=1, tenant=5),
            "tenant": django("tenancy.tenant", 5, name="Alpha"),
            "provider": django("circuits.provider", 1, name="Carrier"),
            "type": django("circuits.circuittype", 2, name="MPLS"),
            "circuit": django("circuits.circuit", 1, cid="K1", type=2, status="active"),
            "a": django("circuits.circuittermination", 1, circuit=1, term_side="A", site=1),
            "z": django("circuits.circuittermination", 2, circuit=1, term_side="Z", site=2),
            "user": django("auth.user", 1, password="pbkdf2_sha256$hash"),
        }
        for key, fields in changed.items():
            records[key]["fields"].update(fields)
        path = tmp_path / name
        kept = [record for key, record in records.items() if key not in without]
        path.write_text(json.dumps(kept))
        return path

    return export
