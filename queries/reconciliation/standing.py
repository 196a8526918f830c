"""How the subjects of earlier findings stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Standing:
    """One subject as inventory, billing and contracts have it now."""

    subject_id: str
    is_stub: bool
    """Whether it is only mentioned by others."""
    state: str | None
    ended_on: date | None
    charged_for: date | None
    """First day of the last period for which it was charged."""
    currency: str | None
    charged: int | None
    """Its last recurring charge, in minor units."""
    is_governed: bool
    """Whether an agreement covers it."""
    agreed_until: date | None
    has_customer: bool


async def standing(graph: ReadSession, *, subject_ids: list[str], on: date) -> list[Standing]:
    """How these subjects stand on a day; those that are gone are left out."""
    return await ask(graph, __file__, Standing, subject_ids=subject_ids, on=on)
