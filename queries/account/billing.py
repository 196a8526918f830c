"""What a customer was billed and owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

MONTHS = 12
"""Months before the day's own month that are read."""


@dataclass(slots=True)
class BilledAmount:
    """One kind of amount of one month in one currency, over all billing accounts."""

    kind: str
    """billed (without tax), open (not yet due), overdue, disputed, or credited."""
    month: date
    """First day of the month: of issue, of the due date for open and overdue, of a dispute."""
    currency: str
    """Empty when neither document nor account says one."""
    amount: int
    """In minor units of the currency; open, overdue and disputed with tax."""
    document_count: int
    account_count: int
    earliest_on: date
    """The first of the days that the month stands for."""
    source_ids: list[str]
    """Billing systems of the accounts."""
    account_id: str
    """One of the billing accounts."""


async def billing(
    graph: ReadSession, *, entity_ids: Sequence[str], valid_on: date, months: int = MONTHS
) -> list[BilledAmount]:
    """The amounts on these companies' billing accounts up to a day, as known now.

    What was paid after the day counts as open on it.
    """
    return await ask(
        graph,
        __file__,
        BilledAmount,
        entity_ids=list(entity_ids),
        valid_on=valid_on,
        months=months,
    )
