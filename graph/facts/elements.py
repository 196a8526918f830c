"""Where the nodes of one transaction stand on the server: found once, then reached directly.

A look-up by id walks an index of long texts, and was a third of the server's work in a load; a
node's element id leads straight to it. Element ids are good within their transaction alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.connection import Transaction
from graph.errors import LoadError
from graph.facts import statements as cypher


class Elements:
    """Element ids of nodes by their own ids, and which nodes this transaction made."""

    def __init__(self) -> None:
        self.new: set[str] = set()
        self._known: dict[str, str] = {}

    def __getitem__(self, node: str) -> str:
        return self._known[node]

    def create(
        self,
        transaction: Transaction,
        label: str,
        names: tuple[str, ...],
        rows: list[list[Any]],
        moment: str,
    ) -> list[str]:
        """Create the nodes (rows as of `create_nodes`) that are not there; the ids of the others.

        A node that two rows describe is among the others too.
        """
        found = self._run(transaction, cypher.create_nodes(label, names), rows=rows, moment=moment)
        there: list[str] = found[1]
        self.new.update(row[0] for row in rows)
        self.new.difference_update(there)
        return there

    def mention(
        self, transaction: Transaction, label: str, references: dict[str, str], moment: str
    ) -> None:
        """Find nodes (id -> reference) that are only mentioned; those not there become stubs."""
        rows = [[node, reference] for node, reference in references.items()]
        self._run(transaction, cypher.create_stubs(label), rows=rows, moment=moment)

    def find(self, transaction: Transaction, nodes: Iterable[tuple[str, str]]) -> None:
        """Find what is not known yet of these nodes (label, id); LoadError where there is none."""
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for label, node in nodes:
            if node not in self._known:
                wanted[label][node] = None
        for label, ids in wanted.items():
            self._run(transaction, cypher.read_elements(label), ids=list(ids))
            lost = next((node for node in ids if node not in self._known), None)
            if lost:
                raise LoadError(
                    f"a fact speaks of the {label} {lost}, which the graph does not have",
                    remedy="./footprint rebuild makes the graph again from its evidence",
                )

    def _run(self, transaction: Transaction, statement: str, **parameters: Any) -> Any:
        found = transaction.run(statement, parameters).single(strict=True)
        self._known.update(found[0])
        return found
