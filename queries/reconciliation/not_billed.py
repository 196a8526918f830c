"""Services that run and that nobody bills."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def not_billed(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every live service that nobody bills: on no bill ever, or not on the last two."""
    return await ask(graph, __file__, Difference, on=on)
