"""How long a customer's services were available."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

MONTHS = 4
"""Whole months read: the last one, and the three before it to compare it with."""
WORST = 5


@dataclass(slots=True)
class Availability:
    """The availability of a customer's services in one month."""

    month: date
    measured_count: int
    """Services that were measured at all."""
    missed_count: int
    """Services below what was promised."""
    without_target_count: int
    value: float | None
    """Mean over the measured services, weighed by how much of the month was measured; 0 to 1."""
    target: float | None
    """Mean of what was promised."""
    coverage: float | None
    """Mean share of the month that was measured."""
    worst_ids: list[str]
    """The services that missed it by most, worst first."""
    source_ids: list[str]
    service_id: str
    """One of the measured services."""


async def availability(
    graph: ReadSession,
    *,
    service_ids: Sequence[str],
    valid_on: date,
    months: int = MONTHS,
    worst: int = WORST,
) -> list[Availability]:
    """The availability of these services in the whole months before a day, oldest first."""
    return await ask(
        graph,
        __file__,
        Availability,
        service_ids=list(service_ids),
        valid_on=valid_on,
        months=months,
        worst=worst,
    )
