"""Charges above or below the agreed price."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def price_differs(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every item or product charged otherwise than agreed, by more than 100 minor units."""
    return await ask(graph, __file__, Difference, on=on)
