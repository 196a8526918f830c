"""What proves a company or a fact, printed so that a person can check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from graph.layout import Row, heading, show_rows
from graph.plural import counted
from graph.terminal import console, readable, say
from queries.entity.entity import Entity, entity
from queries.entity.fact import FactVersion, fact
from queries.entity.find import the_one
from queries.terminal.facts_told import show_facts
from queries.terminal.profile import Proof, payloads, proof_of_company
from queries.terminal.retired import show_aliases
from queries.terminal.said import show_values
from queries.terminal.words import about, record_named, type_word

RAW_SHOWN = 2
"""Records whose raw fields are printed; more of them bury what they prove."""
LONGEST_FIELD = 40
"""Columns that names of fields may take before values stop being aligned."""


@dataclass(slots=True)
class Asked:
    """What was asked about, and what proves it."""

    what: str
    entity_id: str | None
    proof: Proof


async def prove(graph: ReadSession, store: EvidenceStore, what: str, property: str | None) -> Asked:
    """The proof of a fact, when `what` is the id of one, else of a company."""
    try:
        found = await the_one(graph, what)
    except NotFound:
        versions = await fact(graph, fact_id=what.strip().lower())
        if not versions:
            raise
        positions = {
            one.record_id: one.position for one in versions if one.record_id and one.position
        }
        proof = Proof([], versions, [], [], payloads(store, positions))
        return Asked(_sentence(versions), None, proof)
    proof = await proof_of_company(graph, store, found.entity_id, property)
    if property and not proof.values and not proof.facts:
        raise NotFound(
            f"nothing is said of the {property} of {found.name or what}",
            remedy=f"./footprint entity {found.entity_id} shows all that is said",
        )
    return Asked(found.name or found.entity_id, found.entity_id, proof)


async def company_asked(graph: ReadSession, asked: Asked) -> Entity | None:
    """The company that was asked about; none when it was a fact."""
    found = await entity(graph, entity_id=asked.entity_id) if asked.entity_id else []
    return found[0] if found else None


def show_proof(asked: Asked, company: Entity | None, *, ids: bool = False) -> None:
    """Print a proof: who it is, values by record, facts, merged ids, and raw fields."""
    proof = asked.proof
    console.print(Text(asked.what if company else _told(proof.facts), style="bold"))
    if company:
        console.print(Text(about(company)))
    show_values(proof.values, {one.record_id: one.as_of for one in proof.records})
    show_facts(proof.facts, asked.entity_id, ids=ids or asked.entity_id is None)
    show_aliases(proof.aliases)
    _show_payloads(proof)
    what = (company and company.name) or asked.what
    hint = f"./footprint why '{what}' parent | ./footprint why '{what}' --ids"
    say(f"next: {hint if asked.entity_id else './footprint loads show RUN'}")


def _show_payloads(proof: Proof) -> None:
    """Print the raw fields of the newest records, and how to see those of the others."""
    given = {id: fields for id, fields in proof.payloads.items() if set(fields) != {"missing"}}
    for record_id, fields in list(given.items())[:RAW_SHOWN]:
        heading(f"as the source gave it: {_named(proof, record_id)}")
        _show_fields(fields)
    lost = [fields["missing"] for id, fields in proof.payloads.items() if id not in given]
    if lost or len(given) > RAW_SHOWN:
        console.print()
    if len(given) > RAW_SHOWN:
        count = counted(len(given) - RAW_SHOWN, "record")
        more = f"{count} more: name a property or a fact, or --json"
        console.print(Text(more, style="dim"))
    if lost:
        why = str(lost[0]).partition(" [")[0]
        what = f"raw fields of {counted(len(lost), 'record')} missing: {why}"
        console.print(Text(what, style="yellow"), no_wrap=True, overflow="ellipsis")


def _show_fields(fields: Mapping[str, Any]) -> None:
    short = [name for name in fields if len(name) <= LONGEST_FIELD]
    width = max(map(len, short), default=0)
    for name, value in fields.items():
        text = readable(value).replace("\\[", "[")
        if len(name) > LONGEST_FIELD:
            console.print(Text(f"  {name}  {text}"))
        else:
            show_rows([Row((name.ljust(width), text))])


def _named(proof: Proof, record_id: str) -> str:
    for one in [*proof.records, *proof.facts]:
        if one.record_id == record_id:
            return record_named(one)
    return record_id


def _sentence(versions: Sequence[FactVersion]) -> str:
    first = versions[0]
    return f"{first.start} {first.type} {first.end}"


def _told(versions: Sequence[Any]) -> str:
    first = versions[0]
    return f"{first.start}: {type_word(first.type)} {first.end}"
