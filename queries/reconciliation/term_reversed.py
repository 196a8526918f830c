"""Agreements that end before they start."""

from __future__ import annotations

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def term_reversed(graph: ReadSession) -> list[Difference]:
    """Every agreement that ends before it starts: their own terms and those of their items."""
    return await ask(graph, __file__, Difference)
