"""What cannot be relied on: sources that are stale, or whose last load was not complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from queries.load.freshness import Freshness

MAX_AGE_DAYS = {"billing": 2, "inventory": 2, "contracts": 2, "registry": 3}
"""Days that the last complete load may lie back, as rules that read absence demand it."""
SIDES = tuple(MAX_AGE_DAYS)


class Sources:
    """The sources of a carrier on a day, and what speaks against each."""

    def __init__(self, given: Iterable[Freshness], on: date) -> None:
        self.on = on
        self._given: Mapping[str, Freshness] = {one.source_id: one for one in given}

    def as_of(self, source_id: str) -> date | None:
        """The day that a source's last complete load speaks of."""
        known = self._given.get(source_id)
        return known.as_of if known else None

    def doubt(self, source_id: str, side: str) -> str:
        """Why a source cannot be relied on, as a sentence's end; empty when it can."""
        known = self._given.get(source_id)
        if known is None or known.as_of is None:
            return f"{source_id} has no complete load"
        if known.latest_status != "COMPLETE":
            reason = f" ({known.latest_reason})" if known.latest_reason else ""
            return f"the last load of {source_id} was {known.latest_status}{reason}"
        age = (self.on - known.as_of).days
        if known.is_stale or age > MAX_AGE_DAYS.get(side, age):
            return f"{source_id} is stale: its last complete load is of {known.as_of}"
        return ""

    def speaking(self, side: str, account: str | None) -> list[str]:
        """The sources in which something would be if it were anywhere: its home, or all of a kind.

        A charge would be in the billing system that keeps the account, once that is known.
        """
        keeper = (account or "").split(":")[0]
        if side == "billing" and keeper in self._given:
            return [keeper]
        if side in self._given:
            return [side]
        return sorted(one.source_id for one in self._given.values() if side in (one.holds or ()))


def newest_day(given: Iterable[Freshness]) -> date | None:
    """The newest day that a complete load of inventory, billing or contracts speaks of."""
    days = [one.as_of for one in given if one.as_of and {*SIDES} & {*(one.holds or ())}]
    return max(days, default=None)
