"""Where the loader commands work: the graph with its schema, and the evidence store beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.facts.run import Run
from graph.opening import open_graph
from graph.settings import Settings
from graph.terminal import progress, settings_of_process
from loaders.reading import Order


@dataclass(frozen=True, slots=True)
class Workplace:
    """What every loader command needs."""

    settings: Settings
    session: BatchSession
    evidence: EvidenceStore
    now: datetime

    def order(self, path: Path, *, as_of: date, full: bool = False, **asked: Any) -> Order:
        """The order to load a delivery now, with this installation's guard and batches."""
        return Order(
            path=path,
            as_of=as_of,
            now=self.now,
            full=full,
            guard=self.settings.close_guard,
            batch_rows=self.settings.batch_rows,
            **asked,
        )

    def run(self, id: str) -> Run:
        """The one run whose id begins so; NotFound or UsageError when there is not just one."""
        found = lifecycle.runs(self.session, id=id, limit=3)
        if not found:
            raise NotFound(
                f"no load run has the id {id}", remedy="./footprint loads lists them, newest first"
            )
        if len(found) > 1:
            raise UsageError(
                f"{id} begins the ids of several load runs: "
                + ", ".join(run.id[:13] for run in found),
                remedy="give more of the id",
            )
        return found[0]


@contextmanager
def open_workplace() -> Iterator[Workplace]:
    """The database of this installation, started if need be and with its schema."""
    settings = settings_of_process()
    with open_graph(settings, progress) as (_, session):
        evidence = EvidenceStore(settings.evidence_address)
        yield Workplace(settings, session, evidence, datetime.now(UTC))
