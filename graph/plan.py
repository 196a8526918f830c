"""How the server would answer a statement: a tree of operators, as EXPLAIN gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan, and the steps that feed it."""

    name: str
    """As the manual spells it: `Expand(All)`, without the database behind it."""
    details: str
    """What it works on, in the server's words: `(a)-[:PARENT_IN*0..64]->(b)`."""
    estimated_rows: float
    identifiers: tuple[str, ...]
    """Variables that it hands on, sorted."""
    children: tuple[Operator, ...]

    @property
    def kind(self) -> str:
        """Its name without what stands in brackets."""
        return self.name.split("(", 1)[0]

    def walk(self) -> Iterator[Operator]:
        """It, and all below it.

        A subquery inside an expression (`CASE WHEN ... THEN COUNT {...}`) is no step of its own:
        the server keeps its operators to itself.
        """
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a statement would do, without having done it."""

    kind: str
    """`r` reads, `w` writes, `rw` both, `s` changes the schema or the system."""
    root: Operator | None
    """None where the server shows no plan."""

    def operators(self) -> Iterator[Operator]:
        """All of its operators, the last one to run first."""
        if self.root is not None:
            yield from self.root.walk()


def plan_of(summary: neo4j.ResultSummary) -> Plan:
    """The plan in the summary of an EXPLAIN."""
    root = _operator(summary.plan) if summary.plan else None
    return Plan(str(summary.query_type or ""), root)


def _operator(held: Mapping[str, Any]) -> Operator:
    arguments = held.get("args", {})
    return Operator(
        name=str(held["operatorType"]).split("@", 1)[0],
        details=str(arguments.get("Details") or ""),
        estimated_rows=float(arguments.get("EstimatedRows", 0.0)),
        identifiers=tuple(sorted(held.get("identifiers", ()))),
        children=tuple(_operator(child) for child in held.get("children", ())),
    )
