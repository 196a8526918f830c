"""The services of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

BILLED_WITHIN_DAYS = 100
"""A service without a contract counts if it was billed in the quarter before, and some days."""


@dataclass(slots=True)
class Services:
    """A customer's services in columns of one length; text is empty where nothing is known."""

    ids: list[str]
    names: list[str]
    states: list[str]
    """As they stand now: a state's history is not kept."""
    operating_statuses: list[str]
    """As they stand now."""
    in_service: list[bool]
    """Whether it ran on the day, by the dates of its start and its cease."""
    ceased: list[bool]
    families: list[str]
    """Product family, else the name of the offering; empty when no product is known."""
    countries: list[list[str]]
    """Countries where it ends; none when no site is known."""
    by_contract: list[bool]
    """Whether a contract governs it; else it was only billed."""
    source_ids: list[str]
    """Systems whose values are shown."""


async def services(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    valid_on: date,
    billed_within_days: int = BILLED_WITHIN_DAYS,
) -> list[Services]:
    """The services of these companies on a day, as known now; one row."""
    return await ask(
        graph,
        __file__,
        Services,
        entity_ids=list(entity_ids),
        valid_on=valid_on,
        billed_within_days=billed_within_days,
    )
