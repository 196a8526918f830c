"""The global accounts of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Account:
    """One family as a CRM sells to it."""

    account_id: str
    name: str | None
    tier: str | None
    segment: str | None
    root_id: str
    """The company at its top."""
    source_id: str | None
    """The system that describes it."""


async def accounts(
    graph: ReadSession, *, entity_ids: Sequence[str], valid_on: date
) -> list[Account]:
    """The accounts rooted at one of these companies; two systems may each have their own."""
    return await ask(graph, __file__, Account, entity_ids=list(entity_ids), valid_on=valid_on)
