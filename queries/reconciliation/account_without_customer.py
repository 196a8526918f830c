"""Billing accounts that no company holds."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def account_without_customer(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every billing account without a customer, with what its last bill charges a month."""
    return await ask(graph, __file__, Difference, on=on)
