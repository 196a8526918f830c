"""Everything of one company, and what proves it, as tables."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from graph.connection import ReadSession
from graph.errors import EvidenceError
from graph.evidence import EvidenceStore
from queries.entity.aliases import Alias, aliases
from queries.entity.entity import Entity, entity
from queries.entity.events import Event, events
from queries.entity.facts import Fact, facts
from queries.entity.identifiers import Identifier, identifiers
from queries.entity.names import Name, names
from queries.entity.ownership import Stake, ownership
from queries.entity.parents import Parent, parents
from queries.entity.records import Record, records
from queries.entity.values import Value, values

OPEN = date(9999, 12, 31)


@dataclass(slots=True)
class Profile:
    """Everything of one company."""

    entity: Entity
    values: list[Value]
    names: list[Name]
    identifiers: list[Identifier]
    parents: list[Parent]
    ownership: list[Stake]
    events: list[Event]
    aliases: list[Alias]


async def profile(graph: ReadSession, entity_id: str) -> Profile:
    """Everything of the company with this id, which must be there."""
    (one,), given, called, numbered = await asyncio.gather(
        entity(graph, entity_id=entity_id),
        values(graph, entity_id=entity_id),
        names(graph, entity_id=entity_id),
        identifiers(graph, entity_id=entity_id),
    )
    above, stakes, happened, retired = await asyncio.gather(
        parents(graph, entity_id=entity_id),
        ownership(graph, entity_id=entity_id),
        events(graph, entity_id=entity_id),
        aliases(graph, entity_id=entity_id),
    )
    return Profile(one, given, called, numbered, above, stakes, happened, retired)


@dataclass(slots=True)
class Proof:
    """What a company or a fact stands on."""

    values: list[Value]
    facts: Sequence[Any]
    records: list[Record]
    aliases: list[Alias]
    payloads: dict[str, dict[str, Any]]
    """Record id -> its fields as the source gave them."""


async def proof_of_company(
    graph: ReadSession, store: EvidenceStore, entity_id: str, property: str | None
) -> Proof:
    """Every value and fact of a company with its record; of one property if one is named."""
    given, stated, versions, retired = await asyncio.gather(
        values(graph, entity_id=entity_id, property=property),
        facts(graph, entity_id=entity_id),
        records(graph, entity_id=entity_id),
        aliases(graph, entity_id=entity_id),
    )
    about = [fact for fact in stated if property is None or speaks_of(fact, property)]
    if property is not None:
        used = {one.record_id for one in given} | {fact.record_id for fact in about}
        versions = [version for version in versions if version.record_id in used]
    current = {version.record_id: version.position for version in versions}
    return Proof(given, about, versions, retired, payloads(store, current))


def speaks_of(fact: Fact, property: str) -> bool:
    """Whether a fact is what a person means by a word like name, parent or identifier."""
    wanted = property.upper().rstrip("S")
    return wanted in fact.type or (wanted == "PARENT" and fact.type == "PARENT_IN")


def payloads(store: EvidenceStore, positions: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The fields of records as their source gave them; a missing one says why."""
    found: dict[str, dict[str, Any]] = {}
    for record_id, position in list(positions.items())[:20]:
        try:
            found[record_id] = orjson.loads(store.entry(position).payload)
        except EvidenceError as error:
            found[record_id] = {"missing": error.sentence}
    return found


def sections(found: Profile) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The tables of a profile, those with nothing in them left out."""
    tables: list[tuple[str, Sequence[Any]]] = [
        ("Values", found.values),
        ("Names", found.names),
        ("Identifiers", found.identifiers),
        ("Parents", found.parents),
        ("Ownership", found.ownership),
        ("Events", found.events),
        ("Retired ids", found.aliases),
    ]
    for title, rows in tables:
        if rows:
            yield title, [_short(asdict(row)) for row in rows]


def facts_table(stated: Sequence[Any]) -> list[dict[str, Any]]:
    """Fact versions as a person reads them: what, when true, when known, who says it."""
    return [
        {
            "fact": f"{fact.type} {fact.end}",
            "tense": fact.tense,
            "true": span(fact.valid_from, fact.valid_to, assumed=fact.is_start_assumed),
            "known": f"{fact.known_from[:16]} to {(fact.known_to or 'now')[:16]}",
            "why": fact.reason,
            "details": fact.details,
            "record": f"{fact.system} {fact.native_id}",
            "where": f"{fact.file}:{fact.line}",
            "fact_id": fact.fact_id,
        }
        for fact in stated
    ]


def span(begin: date, end: date, *, assumed: bool = False) -> str:
    """A half-open interval in words; the open end and an unknown start are said as such."""
    start = "?" if begin.year == 1 else f"{'by ' if assumed else ''}{begin}"
    return f"{start} to {'now' if end == OPEN else end}"


_HIDDEN = ("record_id", "fact_id", "position", "run_id", "source_name", "line", "known_at")


def _short(row: dict[str, Any]) -> dict[str, Any]:
    if "valid_from" in row:
        row["true"] = span(
            row.pop("valid_from"), row.pop("valid_to"), assumed=row.pop("is_start_assumed", False)
        )
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in _HIDDEN and not (name == "file" and not value)
    }
