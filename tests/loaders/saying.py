"""What a JSON payload says, as plain values that tests can compare whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.facts.claims import Claims
from loaders.source import Delivery, Extracted, RawRecord, Source


@dataclass
class Said:
    """A record's claims: what is None in a node is left out."""

    record: tuple[str, str]
    nodes: dict[str, dict[str, Any]]
    facts: set[tuple[str, str, str, str, str]]
    links: set[tuple[str, str, str]]
    unknown: list[str]
    odd: list[str]


def extractor(source: Source, folder: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of payloads in one file."""

    def extracted(*payloads: Any, file: str = "any.json") -> list[Extracted]:
        path = folder / file
        path.write_text(json.dumps(payloads[0] if len(payloads) == 1 else list(payloads)))
        return list(source.extract(Delivery(path)))

    return extracted


def sayer(source: Source, folder: Path) -> Callable[[dict[str, Any]], Said]:
    """What one payload says."""

    def say(payload: dict[str, Any]) -> Said:
        (record,) = extractor(source, folder)(payload)
        assert isinstance(record, RawRecord), record
        return said(record, source.transform(record))

    return say


def said(record: RawRecord, claims: Claims) -> Said:
    """A record's claims as plain values."""
    return Said(
        (record.record_type, record.native_id),
        {
            f"{node.ref.label} {node.ref.reference}": {
                name: _plain(value) for name, value in node.properties.items() if value is not None
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
        claims.odd,
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list) else str(value)
