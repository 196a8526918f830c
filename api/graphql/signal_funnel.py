"""What became of signals, for those who lead."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import cast

import strawberry

from api.graphql.bounds import MOST_ROWS, bounded
from api.graphql.context import Asked
from api.graphql.told import told
from graph.errors import UsageError
from queries.signal import signal_funnel as rows


@strawberry.enum(description="What signals are counted by.")
class FunnelGroup(StrEnum):
    """What signals are counted by."""

    rule = "rule"
    seller = "seller"
    team = "team"
    country = "country"


@told(amounts={"value", "won"})
class FunnelStep(rows.FunnelStep):
    """The signals of one rule, seller, team or country that opened within the days asked for."""


async def signal_funnel(
    info: Asked,
    opened_from: date,
    opened_before: date,
    by: FunnelGroup = FunnelGroup.rule,
    first: int = MOST_ROWS,
) -> list[FunnelStep]:
    """What became of the signals that opened from one day up to before another, the most first.

    Answers are those that stand now; a seller of several teams counts in the first of them.
    """
    if opened_before <= opened_from:
        raise UsageError(
            f"openedBefore, {opened_before}, is not after openedFrom, {opened_from}",
            remedy="give the day after the last one",
        )
    found = await rows.signal_funnel(
        info.context.graph,
        by=by.value,
        opened_from=opened_from,
        opened_before=opened_before,
        limit=bounded(first),
    )
    return cast("list[FunnelStep]", found)
