"""Whether a signal that is found no more was wrong from the start: its evidence was taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.connection import Statements
from graph.facts.statements import read_elements
from graph.statement import read_statement
from rules.engine.judged.evidence import evidence_of
from rules.engine.life.signals import Signal

BELIEVED = read_statement(Path(__file__).parent / "believed.cypher").text


def withdrawn(
    session: Statements, missed: Sequence[Signal], aliases: Mapping[str, str]
) -> dict[str, str]:
    """Signal -> why it was no signal: a fact that proved it was corrected, its subject merged."""
    reasons = {
        one.id: f"{value} is the same company as {aliases[value]}"
        for one in missed
        for _, value in one.identity
        if value in aliases
    }
    asked = [one.id for one in missed if one.id not in reasons]
    for id, types in _corrected(session, asked).items():
        reasons[id] = f"what proved it was corrected: {', '.join(types)}"
    return reasons


def _corrected(session: Statements, signals: Sequence[str]) -> dict[str, list[str]]:
    """Signal -> types of facts in its evidence that nobody believes any more; none without any."""
    proofs = evidence_of(session, signals)
    labels = {node["id"]: node["label"] for nodes, _ in proofs.values() for node in nodes}
    elements: dict[str, str] = {}
    for label in sorted(set(labels.values())):
        ids = [id for id, other in labels.items() if other == label]
        (pairs,) = session.row(read_elements(label), ids=ids)
        elements.update(dict(pairs))
    facts = {fact["id"]: fact for _, found in proofs.values() for fact in found}
    rows = [[id, elements.get(fact["from"], "")] for id, fact in facts.items()]
    believed = dict(session.rows(BELIEVED, rows=rows)) if rows else {}
    gone = {
        signal: sorted({fact["type"] for fact in found if not believed[fact["id"]]})
        for signal, (_, found) in proofs.items()
    }
    return {signal: types for signal, types in gone.items() if types}
