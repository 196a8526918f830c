"""What rules say should be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

SHOWN = ("open", "acknowledged", "actioned")
"""States in which a seller sees a signal."""


@dataclass(slots=True)
class Signal:
    """One signal as a seller sees it."""

    signal_id: str
    rule_id: str
    """The rule that found it."""
    state: str
    state_reason: str | None
    severity: str
    message: str
    action: str
    act_by: date | None
    """Last responsible day; a past one is overdue."""
    value: list[str]
    """What can be won or lost in twelve months, each like `EUR 1200000` in minor units."""
    score: float | None
    """Its rank; nothing when a rate is missing."""
    account_id: str | None
    """The account that it is of."""
    account_name: str | None
    """The account's name."""
    owner_name: str | None
    """The seller who should act."""
    opened_at: str
    valid_on: date
    """Day on which it was last found."""
    inhibited_by: str | None
    """Id of the signal that it yields to."""


async def signals(
    graph: ReadSession,
    *,
    states: Sequence[str] = SHOWN,
    rule_id: str | None = None,
    account_id: str | None = None,
    limit: int = 1_000,
) -> list[Signal]:
    """Signals in these states, of one rule or account where that is said."""
    return await ask(
        graph,
        __file__,
        Signal,
        states=list(states),
        rule_id=rule_id,
        account_id=account_id,
        limit=limit,
    )
