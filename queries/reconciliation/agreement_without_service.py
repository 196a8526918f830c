"""Agreement items that cover nothing."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def agreement_without_service(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every agreement item that names no product, in force and with a price."""
    return await ask(graph, __file__, Difference, on=on)
