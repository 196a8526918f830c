"""Services that have ended and are charged on."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def billed_after_cease(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every service charged for time after its cease: on its last bills, net of credits."""
    return await ask(graph, __file__, Difference, on=on)
