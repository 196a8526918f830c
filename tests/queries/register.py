"""A tiny register for the tests of queries: what a record of it says is what the test wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.facts.claims import Claims, Ref, ref
from graph.ids import node_id
from loaders import identifiers
from loaders.audit import Fields
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec


def reference(name: str) -> str:
    """The reference of the company of that name."""
    return f"toy:company:{name}"


def entity_id(name: str) -> str:
    """The id of the company of that name."""
    return node_id(reference(name))


def company(number: str, *parents: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """One company as the register gives it; the number founds its id, and is its name at first."""
    return {"type": "company", "number": number, "name": number, "parents": parents, **fields}


def under(parent: str, since: str | None = None, until: str | None = None, **more: Any) -> Any:
    """A parent of a company: from when to when, and in which view."""
    return {"parent": parent, "since": since, "until": until, "view": "legal", **more}


def event(number: str, kind: str, on: str, **roles: str) -> dict[str, Any]:
    """A corporate event and who takes part in it."""
    return {"type": "event", "number": number, "kind": kind, "on": on, "roles": roles}


class Toy(Source):
    """A register of companies and events, one JSON line each."""

    def __init__(self, name: str = "toy", precedence: int = 50) -> None:
        self.name = name
        super().__init__(
            SourceSpec(
                title=f"{name.capitalize()} register",
                publisher="Tests",
                licence="own",
                holds=("registry",),
                freshness_sla="P2D",
                precedence=precedence,
                scope="all companies",
                record_types={"company": "one company", "event": "one event"},
            )
        )

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """The lines of the file."""
        try:
            lines = delivery.path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise SourceError(str(error), where=str(delivery.path)) from error
        for number, line in enumerate(lines, start=1):
            payload = json.loads(line)
            yield RawRecord(payload["type"], payload["number"], payload, delivery.path.name, number)
        delivery.cover("company")
        delivery.cover("event")

    def transform(self, record: RawRecord) -> Claims:
        """One company with its parents and names, or one event with its roles."""
        fields, claims = Fields(record), Claims()
        fields.ignore("type", "number")
        if record.record_type == "company":
            _company(record.native_id, fields, claims)
        else:
            _event(self.name, record.native_id, fields, claims)
        return fields.report(claims)


def _company(number: str, fields: Fields, claims: Claims) -> None:
    founded = fields.take("reference", reference(number))
    name = fields.need("name")
    claims.correction = fields.take("correction", "")
    entity = claims.node(
        "LegalEntity",
        founded,
        name=name,
        jurisdiction=fields.take("country"),
        status=fields.take("status", "ACTIVE"),
        category=fields.take("category", "GENERAL"),
        lei=fields.take("lei"),
        ended_on=_day(fields.take("ended")),
        parent_exception=fields.take("exception"),
        ultimate_exception=fields.take("ultimate_exception"),
    )
    claims.name(entity, name, valid_from=_day(fields.take("named_on")))
    for former, since, until in fields.take("former_names", []):
        claims.name(entity, former, valid_from=_day(since), valid_to=_day(until))
    for scheme, value in fields.take("identifiers", []):
        identifiers.state(claims, entity, scheme, value)
    for parent in fields.take("parents", []):
        _parent(entity, parent, claims)
    for owned, share in fields.take("owns", []):
        claims.fact("OWNS", entity, ref("LegalEntity", reference(owned)), share=share)


def _parent(entity: Ref, parent: Mapping[str, Any], claims: Claims) -> None:
    claims.fact(
        "PARENT_IN",
        entity,
        ref("LegalEntity", reference(parent["parent"])),
        valid_from=_day(parent["since"]),
        valid_to=_day(parent["until"]),
        view=parent["view"],
        share=parent.get("share"),
        planned=parent.get("planned"),
    )


def _event(system: str, number: str, fields: Fields, claims: Claims) -> None:
    happened = claims.node(
        "CorporateEvent",
        identifiers.own(system, "event", number),
        type=fields.need("kind"),
        status="COMPLETED",
        effective_on=_day(fields.need("on")),
    )
    for role, name in fields.take("roles", {}).items():
        claims.link(role.upper(), happened, ref("LegalEntity", reference(name)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def write(folder: Path, name: str, *records: Mapping[str, Any]) -> Path:
    """A delivery of these records."""
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path
