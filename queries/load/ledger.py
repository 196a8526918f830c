"""What the sources have delivered, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Delivered:
    """One source: its deliveries and the records in them."""

    source_id: str
    name: str | None
    load_count: int
    expected: int
    """Records that the deliveries themselves announce; most announce none."""
    announced_count: int
    """Deliveries that announce how many records they hold."""
    read: int
    rejected: int
    waiting: int
    """Rejected records that are still in quarantine."""
    held_count: int
    """Loads whose closings wait for a person."""
    faults: list[list[str]]
    """Of each load that was not complete its day, status and reason, in their order."""


async def ledger(graph: ReadSession, *, valid_on: date) -> list[Delivered]:
    """Every source with all its deliveries up to a day; what was tried again is not counted."""
    return await ask(graph, __file__, Delivered, valid_on=valid_on)
