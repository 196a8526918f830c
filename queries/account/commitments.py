"""What a customer has promised to spend, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Commitment:
    """One promise in its running period."""

    kind: str | None
    """MARC (a year), TRC (the term), MMRC (each month) or volume."""
    amount: int | None
    """In minor units; of an MMRC a month."""
    currency: str | None
    period_from: date
    period_to: date
    counted: list[list[object]]
    """Charges that count, without tax: a currency and minor units of it, one each currency."""
    unsure: list[list[object]]
    """Charges of which no source says whether they count, in the same way."""
    billed_until: date | None
    """Day of the last bill read."""
    account_count: int
    """Billing accounts that count toward it, in each currency."""
    agreement: str
    """Reference of the agreement that it is part of."""
    source_ids: list[str]
    commitment_id: str


async def commitments(
    graph: ReadSession, *, entity_ids: Sequence[str], valid_on: date
) -> list[Commitment]:
    """The commitments of these companies that run on a day, the one that ends first in front."""
    return await ask(graph, __file__, Commitment, entity_ids=list(entity_ids), valid_on=valid_on)
