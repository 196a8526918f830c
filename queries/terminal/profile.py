"""Everything of one company, and what proves it, gathered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.connection import ReadSession
from graph.errors import EvidenceError
from graph.evidence import EvidenceStore
from queries.entity.aliases import Alias, aliases
from queries.entity.entity import Entity, entity
from queries.entity.events import Event, events
from queries.entity.facts import facts
from queries.entity.identifiers import Identifier, identifiers
from queries.entity.names import Name, names
from queries.entity.ownership import Stake, ownership
from queries.entity.parents import Parent, parents
from queries.entity.provenance import speaks_of
from queries.entity.records import Record, records
from queries.entity.values import Value, values


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


def payloads(store: EvidenceStore, positions: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The fields of records as their source gave them; a missing one says why."""
    found: dict[str, dict[str, Any]] = {}
    for record_id, position in list(positions.items())[:20]:
        try:
            found[record_id] = orjson.loads(store.entry(position).payload)
        except EvidenceError as error:
            found[record_id] = {"missing": error.sentence}
    return found
