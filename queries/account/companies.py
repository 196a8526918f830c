"""The companies that a customer consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Companies:
    """A customer's companies in columns of one length; text is empty where nothing is known."""

    root_id: str
    """The company at the top, also when a retired id was asked for."""
    ids: list[str]
    countries: list[str]
    """Country of the headquarters, else the jurisdiction."""
    statuses: list[str]
    stubs: list[bool]
    """Whether it was only mentioned and never described."""
    source_ids: list[str]
    """Systems whose values are shown."""
    known_labels: list[str]
    """Of what any source has told at all, of whatever customer: else none is not the same as 0."""


async def companies(graph: ReadSession, *, root_id: str, valid_on: date) -> list[Companies]:
    """A company and all below it on a day, as known now; nothing when there is no such company."""
    rows = await ask(graph, __file__, Companies, root_id=root_id, valid_on=valid_on)
    return [row for row in rows if row.ids]
