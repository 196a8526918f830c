"""What proves a finding: its nodes and the facts between them, with record, file and load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from graph.connection import Statements
from graph.facts.statements import read_elements
from graph.model.catalogue import LABELS
from graph.model.evidence import BOOKKEEPING
from graph.statement import read_statement
from rules.engine.files.format import column_of
from rules.engine.judged.claims import claim_of, record_sources
from rules.engine.judged.finding import Finding

HERE = Path(__file__).parent
NODES = read_statement(HERE / "evidence_nodes.cypher").text
FACTS = read_statement(HERE / "evidence_facts.cypher").text
KEPT = read_statement(HERE / "evidence.cypher").text
BATCH = 1_000
MOST_FACTS = 200
LEFT_OUT = sorted(
    {"id", "record", "first_seen_at", "last_seen_at", "reference", "revised"} | BOOKKEEPING
)
"""Properties that say nothing of the thing itself, or change with every load."""
TEMPORAL = sorted(
    {
        name
        for label in LABELS.values()
        for name, one in label.properties.items()
        if one.type in ("date", "datetime")
    }
)
ASSERTED = tuple(
    name for name, label in LABELS.items() if not label.plumbing and label.layer != "feed"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence of one finding."""

    text: str
    """Nodes, facts and records as JSON: the same bytes for the same evidence."""
    systems: frozenset[str]
    """Systems whose records prove it."""
    facts: tuple[str, ...]
    records: tuple[str, ...]
    ids: tuple[str, ...] = ()
    """Of the nodes, in the order of `elements`."""
    elements: tuple[str, ...] = field(default=(), compare=False)
    """The server's own names of the nodes, for writing links at once."""
    doubts: tuple[tuple[str, float], ...] = ()
    """What it shows of what people called wrong, and how reliable its source is there."""
    identity: float = 1.0
    """How alike the least alike record is to what it was matched with, 0 to 1."""

    @property
    def digest(self) -> str:
        """A hash of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Prover:
    """Gathers the evidence of findings, each node once."""

    def __init__(self, session: Statements, doubts: Mapping[str, float] | None = None) -> None:
        self._session = session
        self._doubts = doubts or {}
        self._elements: dict[str, str] = {}
        self._nodes: dict[str, dict[str, Any]] = {}

    def prove(self, findings: Sequence[Finding]) -> list[Proof]:
        """The evidence of each finding; nodes that are not in the graph are left out."""
        self._find(findings)
        rows = [
            (str(at), [self._elements[id] for id in one.nodes if id in self._elements])
            for at, one in enumerate(findings)
        ]
        facts: dict[str, list[list[Any]]] = {}
        for batch in _batches(rows):
            told = self._session.rows(FACTS, rows=[list(row) for row in batch], most=MOST_FACTS)
            facts.update({at: found for at, found in told})
        sources = self._sources(facts.values())
        return [
            self._proof(one, elements, facts.get(at, []), sources)
            for one, (at, elements) in zip(findings, rows, strict=True)
        ]

    def _sources(self, facts: Iterable[list[list[Any]]]) -> dict[str, str]:
        """Record -> system, of facts of a type that somebody called wrong."""
        types = {claim.split(" ")[1] for claim in self._doubts}
        records = {fact[-1] for found in facts for fact in found if fact[1] in types and fact[-1]}
        return record_sources(self._session, list(records))

    def _proof(
        self,
        finding: Finding,
        elements: Iterable[str],
        facts: list[list[Any]],
        sources: Mapping[str, str],
    ) -> Proof:
        nodes = [self._nodes[id] for id in finding.nodes if id in self._nodes]
        shown = {claim for node in nodes for claim in node["claims"]}
        shown |= {f"{sources[fact[-1]]} {fact[1]}" for fact in facts if fact[-1] in sources}
        columns = {name: list(ids) for name, ids in sorted(finding.evidence.items())}
        text = orjson.dumps(
            {
                "columns": columns,
                "nodes": [node["told"] for node in nodes],
                "facts": [dict(zip(_FACT, fact, strict=True)) for fact in facts],
            }
        ).decode()
        return Proof(
            text=text,
            systems=frozenset(system for node in nodes for system in node["systems"]),
            facts=tuple(sorted({fact[0] for fact in facts})),
            records=tuple(sorted({node["record"] for node in nodes if node["record"]})),
            ids=tuple(id for id in finding.nodes if id in self._elements),
            elements=tuple(elements),
            doubts=tuple((one, self._doubts[one]) for one in sorted(shown & self._doubts.keys())),
            identity=min((node["identity"] for node in nodes), default=1.0),
        )

    def _find(self, findings: Sequence[Finding]) -> None:
        """Look up the nodes: under the label that the column's name speaks of, else under all."""
        wanted: dict[str, dict[str, None]] = {}
        for finding in findings:
            for column, ids in finding.evidence.items():
                wanted.setdefault(label_of(column), {}).update(dict.fromkeys(ids))
            wanted.setdefault("", {})[finding.subject] = None
        for label, named in wanted.items():
            if label:
                self._look(label, [id for id in named if id not in self._elements])
        asked = dict.fromkeys(id for named in wanted.values() for id in named)
        for label in ASSERTED:
            left = [id for id in asked if id not in self._elements]
            if not left:
                break
            self._look(label, left)
        fresh = [self._elements[id] for id in self._elements if id not in self._nodes]
        for batch in _batches(fresh):
            for row in self._session.rows(
                NODES, elements=batch, left_out=LEFT_OUT, temporal=TEMPORAL
            ):
                self._keep(row)

    def _look(self, label: str, ids: Sequence[str]) -> None:
        for batch in _batches(ids):
            (pairs,) = self._session.row(read_elements(label), ids=batch)
            self._elements.update(dict(pairs))

    def _keep(self, row: Sequence[Any]) -> None:
        _, id, label, properties, record, system, record_type, native_id, file, line = row[:10]
        read_at, load, systems, elsewhere = row[10:]
        own = dict.fromkeys((name for name, _ in properties), system) | dict(elsewhere)
        told = {"id": id, "label": label, "properties": dict(sorted(properties))}
        if record:
            told["record"] = {
                "id": record, "system": system, "record_type": record_type,
                "native_id": native_id, "file": file, "line": line, "read_at": read_at,
                "load": load,
            }  # fmt: skip
        self._nodes[id] = {
            "told": told,
            "record": record,
            "systems": sorted({name for name, _ in systems} | ({system} if system else set())),
            "claims": [
                claim
                for name, of in (own.items() if self._doubts else ())
                if of and (claim := claim_of(of, label, name)) in self._doubts
            ],
            "identity": min((score for _, score in systems), default=1.0),
        }


_FACT = (
    "id", "type", "from", "to", "valid_from", "valid_to", "recorded_from", "recorded_to", "record",
)  # fmt: skip


@cache
def label_of(column: str) -> str:
    """The label that a column of ids speaks of: `ticket_ids` of TroubleTicket; empty for none."""
    stem = column.removesuffix("s").removesuffix("_id")
    named = {column_of(label).removesuffix("_id"): label for label in ASSERTED}
    if stem in named:
        return named[stem]
    alike = [label for name, label in named.items() if name.endswith(f"_{stem}")]
    return alike[0] if len(alike) == 1 else ""


def evidence_of(
    session: Statements, signals: Sequence[str]
) -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Signal -> the nodes and facts that proved it when it was last found."""
    opened = {
        id: orjson.loads(text or '{"nodes": [], "facts": []}')
        for id, text in session.rows(KEPT, signal_ids=list(signals))
    }
    return {id: (told["nodes"], told["facts"]) for id, told in opened.items()}


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
