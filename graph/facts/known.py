"""What a source's current records hold, in 16 bytes a record beside the evidence.

It spares the server the comparison of what has not changed. The file is a cache: the graph names
the run that wrote it, in the transaction that ends that run, and the first transaction that changes
a record of the source takes the name away. Without the name, or without the file, the server is
asked. A record that is missing in it is asked of the server as well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph.connection import BatchSession, Transaction
from graph.evidence import EvidenceStore, read_array, write_array
from graph.facts.seen import Numbers, places_of

READ = "MATCH (source:SourceSystem {id: $source}) RETURN source.known_by AS run"
FORGET = "MATCH (source:SourceSystem {id: $source}) REMOVE source.known_by"
KEEP = "MATCH (source:SourceSystem {id: $source}) SET source.known_by = $run"


class Known:
    """Keys and contents that the graph holds as current, and what a run changes of that."""

    def __init__(self, session: BatchSession, evidence: EvidenceStore, source: str) -> None:
        self._evidence = evidence
        self._source = source
        self._by: str = (session.row(READ, source=source) or [None])[0] or ""
        table = read_array(evidence, self._place(self._by)) if self._by else None
        if table is None:
            self._by, table = "", np.zeros((2, 0), dtype=np.uint64)
        self._numbers: Numbers = table[0]
        self._marks: Numbers = table[1]
        self._confirmed: list[tuple[Numbers, Numbers]] = []
        self._gone: list[Numbers] = []

    def holds(self, numbers: Numbers, marks: Numbers) -> npt.NDArray[np.bool_]:
        """Which of these records the graph surely has with this very content."""
        found, places = places_of(self._numbers, numbers)
        found[found] = self._marks[places[found]] == marks[found]
        return found

    def confirm(self, numbers: Numbers, marks: Numbers) -> None:
        """Note records that the graph holds with this content: written, or found unchanged."""
        self._confirmed.append((numbers, marks))

    def drop(self, numbers: Numbers) -> None:
        """Note records whose content in the graph is not to be relied upon: ended, or refused."""
        self._gone.append(numbers)

    def doubt(self, transaction: Transaction) -> None:
        """Take the file's name from the graph, in the transaction that first changes a record."""
        if self._by:
            transaction.run(FORGET, source=self._source).consume()

    def doubted(self) -> None:
        """Note that such a transaction was committed."""
        self._by = ""

    def keep(self, session: BatchSession, run: str) -> None:
        """Write what is known at the end of a run, unless the file still says it."""
        if self._by:
            return
        write_array(self._evidence, self._place(run), self._merged(), instead_of=self._place("*"))
        session.run(KEEP, source=self._source, run=run)

    def _merged(self) -> npt.NDArray[np.uint64]:
        empty = np.zeros(0, dtype=np.uint64)
        numbers = np.concatenate([empty, *(pair[0] for pair in self._confirmed)])
        marks = np.concatenate([empty, *(pair[1] for pair in self._confirmed)])
        said = np.sort(numbers)
        older = ~places_of(said, self._numbers)[0]
        numbers = np.concatenate([self._numbers[older], numbers])
        marks = np.concatenate([self._marks[older], marks])
        stays = ~places_of(np.sort(np.concatenate([empty, *self._gone])), numbers)[0]
        order = np.argsort(numbers[stays], kind="stable")
        return np.stack([numbers[stays][order], marks[stays][order]])

    def _place(self, run: str) -> str:
        return f"{self._source}/known-{run}.npy"
