"""Products charged after the end of their agreed term."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def billed_past_term(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every product billed past its term: more than 30 days past it, renewed by nobody."""
    return await ask(graph, __file__, Difference, on=on)
