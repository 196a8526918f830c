"""What a signal's evidence shows, and which source says it: what people may call wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.connection import Statements
from graph.model.catalogue import LABELS
from graph.statement import read_statement

HERE = Path(__file__).parent
SHOWN_ELSEWHERE = read_statement(HERE / "shown_elsewhere.cypher").text
RECORD_SOURCES = read_statement(HERE / "record_sources.cypher").text
DOUBTS = read_statement(HERE / "doubts.cypher").text
BELIEVED = 10
"""How many answers our trust in a source is worth before anybody called it wrong."""


def claim_of(source: str, label: str, name: str) -> str:
    """What a source says of one property, as it is kept: `crm Account.tier`."""
    return f"{source} {label}.{name}"


def claims(session: Statements, signal_id: str, told: Mapping[str, Any]) -> dict[str, str]:
    """What of a signal's evidence may be called wrong -> what its source says there.

    Facts by id, values as `node id.property`; nothing is said where no source is known.
    """
    facts, nodes = told.get("facts", ()), told.get("nodes", ())
    of_record = record_sources(session, [fact["record"] for fact in facts if fact["record"]])
    stated = {
        fact["id"]: f"{of_record[fact['record']]} {fact['type']}"
        if fact["record"] in of_record
        else ""
        for fact in facts
    }
    elsewhere = {id: dict(won) for id, won in session.rows(SHOWN_ELSEWHERE, signal_id=signal_id)}
    for node in nodes:
        if node["label"] not in LABELS:
            continue
        own = node.get("record", {}).get("system")
        for name in node["properties"]:
            source = elsewhere.get(node["id"], {}).get(name, own)
            stated[f"{node['id']}.{name}"] = claim_of(source, node["label"], name) if source else ""
    return stated


def record_sources(session: Statements, records: list[str]) -> dict[str, str]:
    """Record -> the system that it is of."""
    return dict(session.rows(RECORD_SOURCES, record_ids=sorted(set(records)))) if records else {}


def doubts(session: Statements) -> dict[str, float]:
    """What people called wrong -> how reliable its source is there, from 1 down towards 0."""
    return {claim: 1 - wrong / (judged + BELIEVED) for claim, judged, wrong in session.rows(DOUBTS)}
