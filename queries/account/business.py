"""What companies have in service and what they are billed, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.account.services import BILLED_WITHIN_DAYS
from queries.ask import ask


@dataclass(slots=True)
class Business:
    """Companies with what they have and pay, in columns of one length."""

    ids: list[str]
    service_ids: list[list[str]]
    """Services that ran on the day; one may be of several companies."""
    billed: list[list[list[object]]]
    """Of each billing account its id, a currency and minor units of it, without tax."""


async def business(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    valid_on: date,
    billed_within_days: int = BILLED_WITHIN_DAYS,
) -> list[Business]:
    """What these companies have and pay, counted as one customer's is; one row."""
    return await ask(
        graph,
        __file__,
        Business,
        entity_ids=list(entity_ids),
        valid_on=valid_on,
        billed_within_days=billed_within_days,
    )
