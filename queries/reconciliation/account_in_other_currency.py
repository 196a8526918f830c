"""Billing accounts in another currency than their bills."""

from __future__ import annotations

from datetime import date

from graph.connection import ReadSession
from queries.ask import ask
from queries.reconciliation.difference import Difference


async def account_in_other_currency(graph: ReadSession, *, on: date) -> list[Difference]:
    """Every account billed in a currency that is not its own, by the last bill."""
    return await ask(graph, __file__, Difference, on=on)
