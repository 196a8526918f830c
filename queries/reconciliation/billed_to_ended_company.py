"""Companies that have ended and are billed on."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def billed_to_ended_company(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every account on which a company is billed more than 30 days past their end."""
    return await ask(graph, __file__, Difference, on=on)
