"""What is due in a customer's contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

HORIZON_DAYS = 180


@dataclass(slots=True)
class Milestone:
    """One date of one agreement."""

    kind: str
    """notice, contract_end, automatic_renewal, out_of_contract (a day that is past), price_term,
    discount_end, commitment_end, or a clause's kind with _opens or _deadline."""
    on: date
    """The last day for notice; else the first day on which the term holds no more."""
    agreement: str
    """Its reference."""
    party_name: str | None
    """Name of the customer as the paper has it."""
    currency: str
    """Of the amount, ISO 4217; empty when it has none."""
    amount: int
    """A month, in minor units; of a commitment its whole amount."""
    line_count: int
    """Lines of the agreement, products or clauses that it is about."""
    source_id: str | None
    agreement_id: str
    """The agreement that it is a date of."""


async def milestones(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    valid_on: date,
    horizon_days: int = HORIZON_DAYS,
) -> list[Milestone]:
    """The dates after a day in these companies' agreements, and lines that run without a contract.

    A line that was renewed by a later one, or whose renewal is decided by notice given, is not due.
    """
    return await ask(
        graph,
        __file__,
        Milestone,
        entity_ids=list(entity_ids),
        valid_on=valid_on,
        horizon_days=horizon_days,
    )
