"""Bills whose lines do not add up to them."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def bill_does_not_add_up(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every bill issued by a day that does not add up, of any age, until they are corrected."""
    return await ask(graph, __file__, Difference, on=on)
