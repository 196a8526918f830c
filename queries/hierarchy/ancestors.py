"""The controlling parents above a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Ancestor:
    """One company above another, over controlling parents."""

    ancestor_id: str
    """The company above; `out-of-scope-` and its depth where it may not be seen."""
    name: str | None
    jurisdiction: str | None
    depth: int
    """Steps above: the direct parent is 1."""
    share: float | None
    """Share that it holds in the company one step below, where the source gives it."""
    fact_id: str | None
    """The fact that it is the parent of the company one step below."""
    valid_from: date | None
    """First day on which it is the parent of the company one step below."""
    is_in_scope: bool
    """Whether it may be seen; of another one nothing is told but its place."""


async def ancestors(
    graph: ReadSession,
    *,
    entity_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
) -> list[Ancestor]:
    """The controlling parents above a company, nearest first; at most 64."""
    return await ask(
        graph,
        __file__,
        Ancestor,
        entity_id=entity_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
    )
