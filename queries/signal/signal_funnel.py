"""What became of signals: how many were found, shown, answered and won, and for how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class FunnelStep:
    """The signals of one rule, seller, team or country that opened within the days asked for."""

    group_id: str | None
    """Id of the rule, seller or team, or code of the country; nothing where there is none."""
    group_name: str | None
    """What it is called."""
    found_count: int
    """Signals that rules found, those that nobody was shown included."""
    shown_count: int
    """Of these, those that a seller was shown."""
    accepted_count: int
    """Those of which the newest answer is that they are worked at."""
    dismissed_count: int
    """Those last answered as known, wrong, declined by the customer, or told twice."""
    snoozed_count: int
    """Those last answered: not now."""
    passed_on_count: int
    """Those last answered as being for somebody else."""
    unanswered_count: int
    """Those that are shown and wait for an answer."""
    gone_count: int
    """Those whose condition is gone, or that were wrong."""
    won_count: int
    """Those that ended with a deal."""
    lost_count: int
    """Those that ended without one."""
    value: list[list[object]]
    """What can be won or lost by all of them in twelve months: one amount each currency."""
    won: list[list[object]]
    """What the deals brought: one amount each currency."""


async def signal_funnel(
    graph: ReadSession, *, by: str, opened_from: date, opened_before: date, limit: int = 100
) -> list[FunnelStep]:
    """Signals by rule, seller, team or country (`by`), as answered now; the last day is not in.

    A seller of several teams counts in the first of them, by id.
    """
    return await ask(
        graph,
        __file__,
        FunnelStep,
        by=by,
        opened_from=opened_from,
        opened_before=opened_before,
        limit=limit,
    )
