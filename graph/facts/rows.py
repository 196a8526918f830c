"""Fact versions gathered by type and tense, and written in as few statements as there are types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from graph.connection import Transaction, as_text
from graph.facts import statements as cypher
from graph.facts.elements import Elements
from graph.facts.timeline import Version, due_on, tense

Node = tuple[str, str]
"""A node's label and id."""

DERIVED = ("controlling", "cut")
"""What the write path concludes about a fact, and no record says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A version as it stands in the graph: where it begins, its type there, its fact."""

    type: str
    start: Node
    end: Node
    fact: str
    version: Version
    recorded_from: str
    controlling: bool | None = None
    cut: bool | None = None


@dataclass(slots=True)
class Flagged:
    """What the statements said must be looked at again."""

    children: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)


class FactRows:
    """The fact versions that one transaction writes."""

    def __init__(self, moment: datetime, today: date, elements: Elements | None = None) -> None:
        self.elements = elements or Elements()
        self.moment = as_text(moment)
        self.today = today
        self.opened = 0
        self.closed = 0
        self.touched_children: set[str] = set()
        self.moved: set[str] = set()
        """Companies of whose parents something is written."""
        self._stated: dict[tuple[str, str, tuple[str, ...]], list[list[Any]]]
        self._stated = defaultdict(list)
        self._between: dict[Node, None] = {}
        self._due: set[str] = set()
        self._superseded: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
        self._forgotten: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)

    def state(
        self,
        fact_type: str,
        start: Node,
        end: Node,
        fact: str,
        version: Version,
        reason: str = "",
        *,
        controlling: bool = True,
        cut: bool = False,
    ) -> None:
        """Write a version that is believed from now on."""
        extra = dict(version.properties)
        if fact_type == cypher.HIERARCHY:
            self.moved.add(start[1])
            extra["controlling"] = controlling
            if cut:
                extra["cut"] = True
        key = (fact_type, tense(version, self.today), tuple(extra))
        self._between[start] = self._between[end] = None
        due = due_on(version, self.today)
        if due:
            self._due.add(fact_type)
        self._stated[key].append(
            [
                start[1],
                end[1],
                fact,
                version.valid_from.isoformat(),
                version.valid_to.isoformat(),
                version.record,
                version.assumed_from or None,
                due.isoformat() if due else None,
                reason or None,
                *extra.values(),
            ]
        )
        self.opened += 1

    def supersede(self, placed: Placed, reason: str) -> None:
        """Stop believing a version from now on; it stays, under FORMER_, with the reason.

        One that was stated at this very moment was never believed, and goes.
        """
        row = [placed.start[1], placed.fact, placed.version.valid_from.isoformat(), reason]
        new = placed.recorded_from == self.moment
        target = self._forgotten if new else self._superseded
        target[placed.type, placed.start[0]].append(row)
        if cypher.base_type(placed.type) == cypher.HIERARCHY:
            self.moved.add(placed.start[1])
            self.touched_children |= {placed.start[1], placed.end[1]}
        self.closed += not new
        self.opened -= new

    def write(self, transaction: Transaction) -> Flagged:
        """Write what was gathered, superseded versions first, and forget it."""
        flagged = Flagged()
        for (relationship_type, start), rows in self._superseded.items():
            statement = cypher.supersede_facts(relationship_type, start)
            transaction.run(statement, rows=rows, moment=self.moment)
        for (relationship_type, start), rows in self._forgotten.items():
            statement = cypher.forget_facts(relationship_type, start)
            transaction.run(statement, rows=rows, moment=self.moment)
        self.elements.find(transaction, self._between)
        told = []
        for (fact_type, kind, names), rows in self._stated.items():
            for row in rows:
                row[0], row[1] = self.elements[row[0]], self.elements[row[1]]
            statement = cypher.create_facts(fact_type, kind, names)
            told.append((fact_type, transaction.run(statement, rows=rows, moment=self.moment)))
        for fact_type, result in told:
            found = result.single() if fact_type in cypher.FLAGGED else None
            target = flagged.children if fact_type == cypher.HIERARCHY else flagged.identifiers
            target.update(found[0] if found else ())
        if self._due:
            transaction.run(cypher.NOTE_DUE, types=sorted(self._due), today=self.today.isoformat())
        self._superseded.clear()
        self._forgotten.clear()
        self._stated.clear()
        self._between.clear()
        return flagged


def placed_from(row: Mapping[str, Any]) -> Placed:
    """A version read back from the graph (columns of BELIEVED_BY_RECORDS)."""
    properties = dict(row["properties"])
    known = {name: properties.pop(name, None) for name in _PLUMBING}
    derived = {name: properties.pop(name, None) for name in DERIVED}
    version = Version(
        known["valid_from"].to_native(),
        known["valid_to"].to_native(),
        tuple(sorted((name, _plain(value)) for name, value in properties.items())),
        bool(known["assumed_from"]),
        known["record"],
    )
    return Placed(
        row["type"],
        (row["start_label"], row["start_id"]),
        (row["end_label"], row["end_id"]),
        known["id"],
        version,
        as_text(known["recorded_from"].to_native()),
        derived["controlling"],
        derived["cut"],
    )


def _plain(value: Any) -> Any:
    return as_text(value.to_native()) if hasattr(value, "to_native") else value


_PLUMBING = (
    "id",
    "valid_from",
    "valid_to",
    "recorded_from",
    "recorded_to",
    "record",
    "assumed_from",
    "due_on",
    "reason",
)
