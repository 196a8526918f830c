"""The worklist of now beside an earlier one, and kept for the days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from graph.errors import NotFound, UsageError
from graph.evidence import EvidenceStore
from queries.reconciliation.compared import Cleared, compare
from queries.reconciliation.finding import Finding
from queries.reconciliation.kept import keep, kept, kept_before
from queries.reconciliation.worklist import worklist


@dataclass(slots=True)
class Settled:
    """A worklist, and what became of the one before it."""

    on: date
    """Newest day of which inventory, billing or contracts speak."""
    base: str
    """The base currency."""
    before: date | None
    """Day of the worklist that it is compared with; None when none was kept."""
    findings: list[Finding]
    cleared: list[Cleared]


async def settled(
    graph: ReadSession, store: EvidenceStore, *, base: str, since: date | None = None
) -> Settled:
    """Today's worklist against the last one kept before it, or up to `since`; it is kept too."""
    if not graph.scope.is_everything:
        raise UsageError(
            "worklists are kept as a whole, and this principal may see a part",
            remedy="ask for `worklist`, or as somebody who sees everything",
        )
    today = await worklist(graph, base=base)
    before = _before(store, today.on, since)
    found = today.findings
    cleared: list[Cleared] = []
    if before is not None:
        found, cleared = await compare(graph, today, kept(store, before))
    keep(store, today.on, found)
    return Settled(today.on, today.base, before, found, cleared)


def _before(store: EvidenceStore, on: date, since: date | None) -> date | None:
    latest = on if since is None else min(on, date.fromordinal(since.toordinal() + 1))
    found = kept_before(store, latest)
    if found is None and since is not None:
        raise NotFound(
            f"no worklist of {since} or before was kept",
            remedy="it is kept whenever ./footprint reconcile runs; run it after each day's loads",
        )
    return found
