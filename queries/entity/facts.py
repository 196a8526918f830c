"""Everything that was ever believed of a company's relations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Fact:
    """One version of one fact."""

    fact_id: str
    """All versions of one fact share it."""
    type: str
    """Its present type, without tense."""
    tense: str
    """Whether it holds: present, former or planned."""
    start_id: str
    """The node that it begins at."""
    start: str | None
    """Name of the node that it begins at."""
    end_id: str
    """The node that it leads to."""
    end: str | None
    """Name of the node that it leads to."""
    valid_from: date
    """First day on which it is true."""
    valid_to: date
    """9999-12-31 while no end is known."""
    is_start_assumed: bool
    """Whether no source says when it began."""
    known_from: str
    """Moment from which we believed this version."""
    known_to: str | None
    """Moment from which we no longer believed this version; nothing while we do."""
    reason: str | None
    """Why this version was closed or restated."""
    details: str
    """Its other properties as `name value`, in a fixed order."""
    record_id: str | None
    """The record version that states it."""
    system: str | None
    """The system of the record."""
    native_id: str | None
    """What the source calls the record."""
    file: str | None
    """The file that it was read in."""
    line: int | None
    """The line of that file."""
    position: str | None
    """Where the payload lies in the evidence store."""
    run_id: str | None
    """The load that read it."""


async def facts(graph: ReadSession, *, entity_id: str) -> list[Fact]:
    """Every version of every fact of a company, what is believed now first."""
    return await ask(graph, __file__, Fact, entity_id=entity_id)
