"""What is being sold to a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Opportunity:
    """One thing that we try to sell, as the CRM has it now."""

    opportunity_id: str
    reference: str
    kind: str | None
    stage: str | None
    """In the CRM's word."""
    stage_since: date | None
    probability: float | None
    amount: int | None
    currency: str | None
    close_on: date | None
    is_late: bool
    """Whether it was to be decided before the day."""
    competitor: str | None
    quote: str | None
    """Number of the newest quote."""
    quote_state: str | None
    """State of that quote (TMF648)."""
    quote_amount: int | None
    """What is quoted, in minor units."""
    quote_currency: str | None
    """Currency of the quote, ISO 4217."""
    quote_valid_to: date | None
    """The last day on which the quote holds."""
    source_id: str | None
    quote_source_id: str | None
    """The system that tells of the quote."""


async def opportunities(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    account_ids: Sequence[str],
    valid_on: date,
) -> list[Opportunity]:
    """Undecided opportunities with these companies or accounts; what is lost or won is not told."""
    return await ask(
        graph,
        __file__,
        Opportunity,
        entity_ids=list(entity_ids),
        account_ids=list(account_ids),
        valid_on=valid_on,
    )
