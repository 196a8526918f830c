"""Services that are had and billed without an agreement."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def without_agreement(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every service that runs and is charged for more than 60 days under no agreement."""
    return await ask(graph, __file__, Difference, on=on)
