"""What proves a company or a fact, printed so that a person can check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.text import Text

from graph.connection import ReadSession
from graph.errors import NotFound
from graph.evidence import EvidenceStore
from graph.terminal import console, emit, say, table
from queries.entity.fact import FactVersion, fact
from queries.entity.find import the_one
from queries.terminal.profile import Proof, facts_table, payloads, proof_of_company


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


def show_proof(asked: Asked) -> None:
    """Print a proof: values, facts, records, the merged ids, and the raw fields."""
    proof = asked.proof
    console.print(Text(asked.what, style="bold"))
    if proof.values:
        rows = [
            {
                "property": value.property,
                "value": value.value,
                "": "shown" if value.is_shown else "lost",
                "record": f"{value.system} {value.native_id}",
                "where": f"{value.file}:{value.line}",
                "known": value.known_at[:16],
                "run": value.run_id[:8],
            }
            for value in proof.values
        ]
        console.print(table(rows, title="Values"))
    if proof.facts:
        console.print(table(facts_table(proof.facts), title="Facts, every version"))
    if proof.records:
        console.print(table(_records(proof), title="Records, every version"))
    if proof.aliases:
        console.print(table([asdict(alias) for alias in proof.aliases], title="Merged into it"))
    for record_id, fields in proof.payloads.items():
        emit(fields, False, title=f"As the source gave it: {_named(proof, record_id)}")
    say("next: ./footprint why FACT_ID shows one fact | ./footprint loads show RUN")


def _records(proof: Proof) -> list[dict[str, Any]]:
    return [
        {
            "record": f"{one.system} {one.record_type} {one.native_id}",
            "known": f"{one.known_from[:16]} to {(one.known_to or 'now')[:16]}",
            "as of": str(one.as_of),
            "where": f"{one.file}:{one.line}",
            "run": one.run_id[:8],
        }
        for one in proof.records
    ]


def _named(proof: Proof, record_id: str) -> str:
    for one in [*proof.records, *proof.facts]:
        if one.record_id == record_id:
            return f"{one.system} {one.native_id}, {one.file}:{one.line}"
    return record_id


def _sentence(versions: Sequence[FactVersion]) -> str:
    first = versions[0]
    return f"{first.start} {first.type} {first.end}"
