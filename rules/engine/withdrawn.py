"""Whether a signal that is found no more was wrong from the start: its evidence was taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.connection import Statements
from graph.facts.statements import read_elements
from graph.statement import read_statement
from rules.engine.evidence import evidence_of
from rules.engine.signals import Signal

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
    for signal in missed:
        if signal.id not in reasons:
            gone = _corrected(session, signal.id)
            if gone:
                reasons[signal.id] = f"what proved it was corrected: {', '.join(gone)}"
    return reasons


def _corrected(session: Statements, signal: str) -> list[str]:
    """Types of facts in a signal's evidence that nobody believes any more."""
    nodes, facts = evidence_of(session, signal)
    labels = {node["id"]: node["label"] for node in nodes}
    elements: dict[str, str] = {}
    for label in sorted(set(labels.values())):
        ids = [id for id, other in labels.items() if other == label]
        (pairs,) = session.row(read_elements(label), ids=ids)
        elements.update(dict(pairs))
    rows = [[fact["id"], elements.get(fact["from"], "")] for fact in facts]
    believed = dict(session.rows(BELIEVED, rows=rows)) if rows else {}
    return sorted({fact["type"] for fact in facts if not believed[fact["id"]]})
