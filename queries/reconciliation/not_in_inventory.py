"""What is charged or agreed, and unknown to the inventory."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def not_in_inventory(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every product or service charged or agreed on a day and not described by any inventory."""
    return await ask(graph, __file__, Difference, on=on)
