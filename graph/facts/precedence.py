"""Whose value is shown where sources differ: an order of the sources, with exceptions by property.

The order is the sources' own (source.yaml) and is kept on their SourceSystem nodes. When one of
them changes, the contested nodes of that source are settled anew before the new order is kept, so
a load that dies on the way does it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.connection import BatchSession, Transaction, as_text
from graph.facts import run as lifecycle
from graph.facts import survivorship

if TYPE_CHECKING:
    from graph.facts.batch import Writing
    from graph.facts.run import SourceSystem

DEFAULT = 50
BATCH = 500

READ = """
MATCH (source:SourceSystem)
RETURN source.id AS id, source.precedence AS rank, source.precedence_of AS exceptions
"""
KEEP = """
MATCH (source:SourceSystem {id: $id})
SET source.precedence = $rank, source.precedence_of = $exceptions,
    source.precedence_since = datetime($moment)
"""
CONTESTED = """
MATCH (record:SourceRecord {system: $system})-[:CLAIMS]->(node)
RETURN DISTINCT labels(node)[0] AS label, node.id AS id ORDER BY label, id
"""


@dataclass(slots=True)
class Precedence:
    """Ranks of sources; the lowest leads."""

    ranks: dict[str, int]
    exceptions: dict[str, dict[str, int]]
    """By source: `Label.property` -> its rank for that property alone."""

    def of(self, system: str, label: str = "", name: str = "") -> int:
        """A source's rank, for a property of a label or in all."""
        special = self.exceptions.get(system)
        general = self.ranks.get(system, DEFAULT)
        return special.get(f"{label}.{name}", general) if special else general

    def excepted(self, label: str) -> frozenset[str]:
        """Properties of a label for which some source has a rank of its own."""
        named = (name for special in self.exceptions.values() for name in special)
        return frozenset(name.partition(".")[2] for name in named if name.startswith(f"{label}."))


def read_precedence(session: BatchSession) -> Precedence:
    """The order that the graph was settled by."""
    rows = session.rows(READ)
    return Precedence(
        {id: rank for id, rank, _ in rows if rank is not None},
        {id: _parsed(exceptions) for id, _, exceptions in rows if exceptions},
    )


def adopt(session: BatchSession, writing: Writing, source: SourceSystem) -> int:
    """Settle what is contested by a source's present order, and keep it; how many nodes."""
    known = writing.precedence
    if known.ranks.get(source.id) == source.precedence and (
        known.exceptions.get(source.id, {}) == source.precedence_of
    ):
        return 0
    known.ranks[source.id] = source.precedence
    known.exceptions[source.id] = dict(source.precedence_of)
    contested = session.rows(CONTESTED, system=source.id)
    for start in range(0, len(contested), BATCH):
        page = contested[start : start + BATCH]

        def work(transaction: Transaction, page: list[tuple[str, str]] = page) -> None:
            lifecycle.renew_lease(transaction)
            for label in dict.fromkeys(label for label, _ in page):
                ids = [id for of, id in page if of == label]
                nodes = survivorship.read_described(transaction, label, ids)
                survivorship.settle(transaction, writing, label, nodes)

        session.write(work)
    session.run(
        KEEP,
        id=source.id,
        rank=source.precedence,
        exceptions=[f"{name}={rank}" for name, rank in sorted(source.precedence_of.items())],
        moment=as_text(writing.moment),
    )
    return len(contested)


def _parsed(exceptions: list[str]) -> dict[str, int]:
    return {name: int(rank) for name, _, rank in (one.partition("=") for one in exceptions)}
