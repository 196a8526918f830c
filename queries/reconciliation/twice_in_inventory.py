"""Services that inventory has twice."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def twice_in_inventory(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every pair of services that run under one circuit name."""
    return await ask(graph, __file__, Difference, on=on)
