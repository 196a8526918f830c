"""What the branches of a family have and pay, each with all that is below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.connection import ReadSession
from queries.account.business import Business, business
from queries.hierarchy.hierarchy import Family as Columns
from queries.money.base import Exchange, Money, exchange
from queries.terminal.branches import Branch, grow


@dataclass(slots=True)
class Carried:
    """What some branches have and pay together."""

    services: int
    """Services in service, one that is of two companies once."""
    billed: Money
    """What their billing accounts were billed in the month, without tax, each account once."""


@dataclass(slots=True)
class _Sum:
    services: set[str] = field(default_factory=set)
    billed: dict[tuple[str, str], int] = field(default_factory=dict)
    """Billing account and currency -> minor units."""

    def add(self, other: _Sum) -> None:
        self.services |= other.services
        self.billed |= other.billed


class Rollup:
    """The sums of every branch of one family."""

    def __init__(self, columns: Columns, found: Business, rates: Exchange, on: date) -> None:
        self.base = rates.base
        self.on = on
        self._rates = rates
        self._sums: dict[int, _Sum] = {}
        own = _own(found)
        root = grow(columns)
        for branch in reversed(list(_branches(root))):
            total = _Sum()
            total.add(own.get(branch.entity_id, _Sum()))
            for child in branch.children:
                if child.tense != "planned":
                    total.add(self._sums[child.place])
            self._sums[branch.place] = total
        self.whole = self.of([root.place])
        """The sums of the whole family."""

    @property
    def month(self) -> date:
        """First day of the month whose bills are told: the last whole one."""
        return (self.on.replace(day=1) - timedelta(days=1)).replace(day=1)

    def of(self, places: Iterable[int]) -> Carried:
        """The sums of branches, by their places in the columns."""
        total = _Sum()
        for place in places:
            total.add(self._sums[place])
        amounts = [[currency, amount] for (_, currency), amount in total.billed.items()]
        return Carried(len(total.services), self._rates.summed(amounts))


async def rollup(graph: ReadSession, columns: Columns, *, base: str, on: date) -> Rollup:
    """What the branches of a family have and pay on a day, in the base currency."""
    (found,) = await business(graph, entity_ids=list(dict.fromkeys(columns.ids)), valid_on=on)
    return Rollup(columns, found, await exchange(graph, base, on=on), on)


def _own(found: Business) -> dict[str, _Sum]:
    own = {}
    for entity_id, services, billed in zip(found.ids, found.service_ids, found.billed, strict=True):
        amounts = {(str(one[0]), str(one[1])): int(str(one[2])) for one in billed}
        own[entity_id] = _Sum(set(services), amounts)
    return own


def _branches(root: Branch) -> Iterator[Branch]:
    """A branch and all below it, none before the one above it."""
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += branch.children
