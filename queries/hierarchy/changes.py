"""What changed in a family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Change:
    """One difference between a family then and a family later."""

    kind: str
    """added, left, moved, renamed, ended, merged, planned or event."""
    entity_id: str
    """The company that changed."""
    name: str | None
    """Its name now."""
    from_id: str | None
    """The parent before; nothing where a name changed."""
    from_name: str | None
    """The parent or the name before."""
    to_id: str | None
    """The parent after; nothing where a name changed."""
    to_name: str | None
    """The parent or the name after."""
    happened_on: date | None
    """First day on which it is so in the world."""
    known_at: str | None
    """Moment from which we knew it, as ISO text."""
    reason: str | None
    """Why: the event, or what was corrected."""
    source: str | None
    """The system that said so."""
    record_id: str | None
    """The record that said so."""
    fact_id: str | None
    """The fact that it is read from."""


async def changes(
    graph: ReadSession,
    *,
    root_id: str,
    from_on: date,
    to_on: date,
    view: str = "legal",
    known_from: datetime | None = None,
    known_to: datetime | None = None,
) -> list[Change]:
    """What is different on `to_on` from `from_on`; as now known unless moments are given.

    With one day and two moments it is what was learnt between them about that day.
    """
    return await ask(
        graph,
        __file__,
        Change,
        root_id=root_id,
        from_on=from_on,
        to_on=to_on,
        view=view,
        known_from=known_from,
        known_to=known_to,
    )
