"""A system that says what a test wrote, a record a line: for tests to make a small carrier of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.facts.claims import Claims, ref
from graph.model.holdings import HOLDINGS
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

Record = dict[str, Any]
Thing = tuple[str, str]
"""A label and a reference."""
Node = tuple[Thing, Record]
Lines = list[tuple[str, Thing, Thing, Record]]
"""Facts or links: type, start, end, properties."""
TYPES = ("said", "service", "product", "account", "bill", "agreement", "company", "rate")
HOLDS = {"register": "registry", "assurance": "tickets", "paper": "contracts", "sales": "crm"}
"""What a system holds that is not called by it."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Dictated(Source):
    """One system of a small carrier: its nodes, facts and links as they stand in the file."""

    def __init__(self, name: str, *, freshness_sla: str = "P2D", since: str | None = None) -> None:
        """`since`: the day from which its facts hold that do not say one."""
        self.since = {"valid_from": since} if since else {}
        self.name = name
        super().__init__(
            SourceSpec(
                title=name,
                publisher="Tests",
                licence="own",
                holds=tuple({HOLDS.get(name, name)} & set(HOLDINGS)),
                freshness_sla=freshness_sla,
                precedence=50,
                scope="everything",
                record_types={one: "one record" for one in TYPES},
            )
        )

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """The lines of the file; one that says `cut` breaks off."""
        for number, line in enumerate(delivery.path.read_text().splitlines(), start=1):
            payload = json.loads(line)
            if payload == "cut":
                raise SourceError("the file is cut", where=delivery.path.name)
            native_id = payload["id"] or str(number)
            yield RawRecord(payload["type"], native_id, payload, delivery.path.name, number)
        for one in TYPES:
            delivery.cover(one)

    def transform(self, record: RawRecord) -> Claims:
        """The claims that the line is."""
        claims = Claims()
        for thing, values in record.payload["nodes"]:
            claims.node(*thing, **_typed(values))
        for kind, start, end, values in record.payload["facts"]:
            claims.fact(kind, ref(*start), ref(*end), **_typed(self.since | values))
        for kind, start, end, values in record.payload["links"]:
            claims.link(kind, ref(*start), ref(*end), **values)
        return claims


def said(
    *nodes: Node,
    facts: Lines | None = None,
    links: Lines | None = None,
    record: tuple[str, str] = ("said", ""),
) -> Record:
    """One record, of a type and with an id; without an id it is known by its line."""
    kind, number = record
    told = {"nodes": nodes, "facts": facts or [], "links": links or []}
    return {"type": kind, "id": number} | told


def write(folder: Path, name: str, records: Sequence[Record | str]) -> Path:
    """A delivery of these records."""
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Days and moments as such; everything else as it was written."""
    return {name: _moment(value) for name, value in values.items()}


def _moment(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _DAY.match(value):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
