"""One figure of a customer: its value, the day it speaks of, who says so, what is missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from queries.load.freshness import Freshness
from queries.money.base import Money


@dataclass(slots=True)
class Figure:
    """One figure; a value of None is unknown, which is never the same as 0."""

    value: int | float | None
    """The number itself; nothing when it is unknown."""
    unit: str
    """What is counted, `share` (0 to 1), or a currency, whose minor units the value is in."""
    as_of: date | None
    """The oldest of the days that its sources speak of; nothing when no source is known."""
    source_ids: list[str]
    quality: list[str] = field(default_factory=list)
    """What is wrong with it: a source that is stale or partial, an amount without a rate."""
    money: Money | None = None
    """Of an amount: its currencies, the rates used, and what could not be converted."""


@dataclass(slots=True)
class Known:
    """What is known of how fresh every source is, on the day that is shown."""

    day: date
    sources: dict[str, Freshness]
    labels: Sequence[str]
    """Of what any source has told at all, of whatever customer."""

    def figure(
        self, value: float | None, unit: str, source_ids: Iterable[str | None], *quality: str
    ) -> Figure:
        """A figure from these systems."""
        given = sorted({one for one in source_ids if one})
        faults = [*quality, *self.faults(given)]
        return Figure(value, unit, self.as_of(given), given, faults)

    def amount(self, money: Money, source_ids: Iterable[str | None], *quality: str) -> Figure:
        """An amount in the base currency; unknown when no part of it has a rate."""
        value = None if money.parts and len(money.unconverted) == len(money.parts) else money.amount
        apart = [without_rate(code) for code in money.unconverted]
        found = self.figure(value, money.currency, source_ids, *quality, *apart)
        found.money = money
        return found

    def as_of(self, source_ids: Iterable[str]) -> date | None:
        """The oldest day that these systems speak of; one that never loaded whole has none."""
        days = [self.sources[one].as_of for one in source_ids if one in self.sources]
        return min((day for day in days if day), default=None)

    def faults(self, source_ids: Iterable[str]) -> list[str]:
        """What is wrong with these systems, a sentence each."""
        said = []
        for one in (self.sources[name] for name in source_ids if name in self.sources):
            if one.as_of is None:
                said.append(f"{one.source_id} was never loaded whole")
            elif one.is_stale:
                said.append(f"{one.source_id} is stale: last whole for {one.as_of}")
            if one.latest_status in ("PARTIAL", "FAILED"):
                said.append(f"the last load of {one.source_id} was {one.latest_status.lower()}")
        return said


def of(part: int, whole: int, what: str, lack: str) -> list[str]:
    """What is missing in some of many, as a sentence; nothing when it is missing in none."""
    return [f"{lack} for {part:,} of {whole:,} {what}"] if part else []


def without_rate(code: str) -> str:
    """That amounts of a currency could not be converted."""
    return f"no rate for {code or 'amounts without a currency'}: kept apart"
