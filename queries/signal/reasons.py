"""Why there is a signal, with what is kept as JSON opened: score, parameters, evidence, loads."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from graph.composition import First, Parameter
from graph.connection import ReadSession
from queries.signal.explained import Explained, Shown, explained
from queries.signal.proof import Proof, proof
from queries.terminal.signals_told import paragraph
from queries.together import Together, asked

OPEN_END = "9999"
"""How a fact's open end begins."""


@dataclass(slots=True)
class NamedValue:
    """A name and its value."""

    name: str
    """What it is called."""
    value: str
    """The value as text; what is no text is JSON."""


@dataclass(slots=True)
class ScoreParts:
    """What a score is made of: value x probability x urgency x confidence x decay.

    What the version that ran did not keep is null.
    """

    value: float | None = None
    """What is at stake in twelve months, in whole units of the currency."""
    currency: str | None = None
    """ISO 4217."""
    rates: list[str] | None = None
    """The rates that it was converted with; of a signal that is not ranked, those that lack."""
    probability: float | None = None
    """How likely it is acted on, 0 to 1."""
    urgency: float | None = None
    """How near the last responsible day is, 0 to 1."""
    confidence: float | None = None
    """Reliability x freshness x identity."""
    reliability: float | None = None
    """How far its sources can be relied on, 0 to 1."""
    freshness: float | None = None
    """How fresh its sources are, 0 to 1."""
    identity: float | None = None
    """How surely its companies are matched, 0 to 1."""
    doubted: list[str] | None = None
    """Sources whose values people called wrong."""
    decay: float | None = None
    """What is left of it for its age, 0 to 1."""


@dataclass(slots=True)
class EvidenceRecord:
    """The record of a source that a value comes from."""

    id: str | None = None
    """Its id, for ever."""
    system: str | None = None
    """The system that it is from."""
    record_type: str | None = None
    """What the system calls such records."""
    native_id: str | None = None
    """Its id in the system."""
    file: str | None = None
    """The file that was delivered."""
    line: int | None = None
    """The line in it."""
    read_at: str | None = None
    """When it was read."""
    load: str | None = None
    """Id of the load that brought it."""


@dataclass(slots=True)
class EvidenceNode:
    """Something that a rule read, as it stood then."""

    id: str
    """Its id, for ever."""
    label: str
    """What it is, in the model's word."""
    properties: list[NamedValue]
    """Its properties then."""
    record: EvidenceRecord | None
    """The record whose values stood."""


@dataclass(slots=True)
class EvidenceFact:
    """A fact that a rule read, on both clocks."""

    id: str
    """Its id, for ever."""
    type: str
    """What it states, in the model's word."""
    start_id: str
    """The node that it begins at."""
    end_id: str
    """The node that it ends at."""
    valid_from: date
    """First day on which it holds in the world."""
    valid_to: date | None
    """First day on which it holds no more; nothing while no end is known."""
    recorded_from: datetime
    """Moment from which it was believed."""
    recorded_to: datetime | None
    """Moment from which it was no longer; nothing while it is."""
    record_id: str | None
    """The version of a record that states it."""


@dataclass(slots=True)
class EvidenceLoad:
    """A load that brought records."""

    id: str
    """Its id, for ever."""
    source: str
    """The source that was loaded."""
    mode: str | None
    """How much was read: full, delta, retry, approval or rebuild."""
    status: str | None
    """How it went."""
    as_of: date | None
    """Day for which the source speaks."""
    moment: datetime
    """The recorded clock of everything that it wrote."""


@dataclass(slots=True)
class Evidence:
    """What a signal stands on, as it was read."""

    node_count: int
    """How much was read."""
    fact_count: int
    """How many facts were."""
    nodes: list[EvidenceNode]
    """What was read."""
    facts: list[EvidenceFact]
    """How they hang together."""
    loads: list[EvidenceLoad]
    """The loads that brought their records, oldest first."""


@dataclass(slots=True)
class Reasons(Shown):
    """One signal with everything that it stands on."""

    paragraph: str
    """All of it as a paragraph, as `./footprint signals explain` says it."""
    score_parts: ScoreParts | None
    """What the score is made of."""
    parameters: list[NamedValue]
    """What the rule ran with."""
    identity: list[NamedValue]
    """What makes it the same signal tomorrow."""
    evidence: Evidence
    """What was read, from which records of which loads."""


WHOLE = Together(
    proof=asked(proof, signal_id=Parameter("signal_id")),
    explained=asked(explained, signal_id=First("proof", "signal_id")),
)
SAME = [one.name for one in fields(Shown)]


async def reasons(graph: ReadSession, *, signal_id: str) -> Reasons | None:
    """Why there is the signal with this id; None when there is none."""
    found = await WHOLE.ask(graph, signal_id=signal_id)
    return _opened(found["explained"][0], found["proof"][0]) if found["explained"] else None


def _opened(one: Explained, proved: Proof) -> Reasons:
    given: dict[str, Any] = {name: getattr(one, name) for name in SAME}
    parts, read = json.loads(one.score_parts or "null"), json.loads(one.evidence or "{}")
    return Reasons(
        **given,
        paragraph=paragraph(one),
        score_parts=_of(ScoreParts, parts) if parts else None,
        parameters=_named(json.loads(one.parameters or "{}").items()),
        identity=_named(json.loads(one.identity or "[]")),
        evidence=Evidence(
            len(read.get("nodes", [])),
            len(read.get("facts", [])),
            [_node(each) for each in read.get("nodes", [])],
            [_fact(each) for each in read.get("facts", [])],
            [_load(*each) for each in proved.loads],
        ),
    )


def _of(kind: type[Any], told: dict[str, Any]) -> Any:
    """A row of what is told, without what a version of another day kept beside it."""
    return kind(**{one.name: told[one.name] for one in fields(kind) if one.name in told})


def _named(pairs: Any) -> list[NamedValue]:
    return [
        NamedValue(name, value if isinstance(value, str) else json.dumps(value))
        for name, value in pairs
    ]


def _node(told: dict[str, Any]) -> EvidenceNode:
    record = told.get("record")
    return EvidenceNode(
        told["id"],
        told["label"],
        _named(told["properties"].items()),
        _of(EvidenceRecord, record) if record else None,
    )


def _load(
    id: str, source: str, mode: str | None, status: str | None, as_of: str | None, moment: str
) -> EvidenceLoad:
    day = date.fromisoformat(as_of) if as_of else None
    return EvidenceLoad(id, source, mode, status, day, datetime.fromisoformat(moment))


def _fact(told: dict[str, Any]) -> EvidenceFact:
    until, forgotten = told["valid_to"], told["recorded_to"]
    return EvidenceFact(
        told["id"],
        told["type"],
        told["from"],
        told["to"],
        date.fromisoformat(told["valid_from"]),
        None if until.startswith(OPEN_END) else date.fromisoformat(until),
        datetime.fromisoformat(told["recorded_from"]),
        None if forgotten.startswith(OPEN_END) else datetime.fromisoformat(forgotten),
        told.get("record"),
    )
