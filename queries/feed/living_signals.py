"""The signals that live, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask

LIVING = (
    "candidate",
    "open",
    "acknowledged",
    "actioned",
    "snoozed",
    "inhibited",
    "blind",
    "withheld",
)
"""States of a signal whose condition held when it was last looked at."""


@dataclass(slots=True)
class LivingSignal:
    """One signal and its state."""

    signal_id: str
    rule_id: str
    state: str
    state_reason: str | None


async def living_signals(
    graph: ReadSession, *, after: str, most: int, states: Sequence[str] = LIVING
) -> list[LivingSignal]:
    """The signals in these states whose ids come after one, at most so many."""
    return await ask(graph, __file__, LivingSignal, after=after, most=most, states=list(states))
