"""What a TM Forum payload says, as plain values that tests can compare whole."""

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
    facts: set[tuple[str, str, str, str, str]]
    links: set[tuple[str, str, str]]
    unknown: list[str]


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("tmforum")


@pytest.fixture
def extracted(source: Source, tmp_path: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of payloads in one file."""

    def extracted(*payloads: Any, file: str = "any.json") -> list[Extracted]:
        path = tmp_path / file
        path.write_text(json.dumps(payloads[0] if len(payloads) == 1 else list(payloads)))
        return list(source.extract(Delivery(path)))

    return extracted


@pytest.fixture
def say(
    source: Source, extracted: Callable[..., list[Extracted]]
) -> Callable[[dict[str, Any]], Said]:
    """What one payload says."""

    def say(payload: dict[str, Any]) -> Said:
        (record,) = extracted(payload)
        assert isinstance(record, RawRecord)
        claims = source.transform(record)
        return Said(
            (record.record_type, record.native_id),
            {
                f"{node.ref.label} {node.ref.reference}": {
                    name: _plain(value)
                    for name, value in node.properties.items()
                    if value is not None
                }
                for node in claims.nodes
            },
            {
                (
                    fact.start.reference,
                    fact.type + (f"[{fact.qualifier}]" if fact.qualifier else ""),
                    fact.end.reference,
                    str(fact.valid_from or ""),
                    str(fact.valid_to or ""),
                )
                for fact in claims.facts
            },
            {(link.start.reference, link.type, link.end.reference) for link in claims.links},
            claims.unknown,
        )

    return say


@pytest.fixture
def published(shared: Path) -> Callable[[str], Any]:
    """A published v4 sample by its path below samples_v4."""

    def published(path: str) -> Any:
        payload = json.loads((shared / "tmforum" / "samples_v4" / path).read_text("utf-8"))
        return payload[0] if isinstance(payload, list) else payload

    return published


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else str(value)
