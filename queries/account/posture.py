"""How a customer pays: what was billed by month, what is open, overdue, disputed and credited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from queries.account.billing import BilledAmount
from queries.account.figure import Figure, Known, without_rate
from queries.money.base import Exchange, Money, Worth

TREND_MONTHS = 3
"""Months whose mean the last whole month is compared with."""


@dataclass(slots=True)
class Month:
    """What was billed in one month, without tax."""

    month: date
    """Its first day."""
    billed: Money
    """What was billed in it."""
    account_count: int
    """Billing accounts that were billed in it."""


@dataclass(slots=True)
class Posture:
    """How a customer pays, in the base currency."""

    billed: Figure
    """The last whole month, by the days of issue, without tax."""
    month: date | None
    """That month."""
    trend: float | None
    """Share by which it is above (below: negative) the mean of the three months before."""
    months: list[Month]
    """Whole months, oldest first."""
    open: Figure
    """Billed and not yet due."""
    overdue: Figure
    """Billed, due, and not paid."""
    overdue_share: float | None
    """Share of what is owed that is overdue."""
    overdue_since: date | None
    """The first of the days on which it was due."""
    disputed: Figure
    """In disputes that are open."""
    credited: Figure
    """In the months read and the running one."""
    rates: list[Worth]
    """The rates that all of this was converted with."""
    unknown: list[str]


def posture(amounts: Sequence[BilledAmount], exchange: Exchange, known: Known) -> Posture:
    """How a customer pays, from its amounts by kind, month and currency."""
    is_known = "Bill" in known.labels
    sources = {one for row in amounts for one in row.source_ids}

    def total(kind: str) -> Figure:
        rows = [row for row in amounts if row.kind == kind]
        said = {one for row in rows for one in row.source_ids} or sources
        figure = known.amount(_sum(rows, exchange), said)
        figure.value = figure.value if is_known and amounts else None
        return figure

    months = _months(amounts, exchange, known.day)
    last = months[-1] if months else None
    billed_sources = {
        one
        for row in amounts
        if last and row.kind == "billed" and row.month == last.month
        for one in row.source_ids
    }
    overdue, due = total("overdue"), total("open")
    return Posture(
        billed=known.amount(last.billed, billed_sources)
        if last
        else known.figure(None, exchange.base, sources),
        month=last.month if last else None,
        trend=_trend(months),
        months=months,
        open=due,
        overdue=overdue,
        overdue_share=_share(overdue.value, due.value),
        overdue_since=min(
            (row.earliest_on for row in amounts if row.kind == "overdue"), default=None
        ),
        disputed=total("disputed"),
        credited=total("credited"),
        rates=_sum(amounts, exchange).rates,
        unknown=_unknown(months, amounts, exchange, is_known),
    )


def _months(amounts: Sequence[BilledAmount], exchange: Exchange, day: date) -> list[Month]:
    this = day.replace(day=1)
    found: dict[date, list[BilledAmount]] = {}
    for row in amounts:
        if row.kind == "billed" and row.month < this:
            found.setdefault(row.month, []).append(row)
    return [
        Month(month, _sum(rows, exchange), sum(row.account_count for row in rows))
        for month, rows in sorted(found.items())
    ]


def _sum(rows: Iterable[BilledAmount], exchange: Exchange) -> Money:
    return exchange.summed([row.currency, row.amount] for row in rows)


def _trend(months: Sequence[Month]) -> float | None:
    before = [one.billed.amount for one in months[-1 - TREND_MONTHS : -1]]
    if len(before) < TREND_MONTHS or not sum(before):
        return None
    return months[-1].billed.amount * len(before) / sum(before) - 1


def _share(overdue: float | None, due: float | None) -> float | None:
    owed = (overdue or 0) + (due or 0)
    return (overdue or 0) / owed if owed else None


def _unknown(
    months: Sequence[Month],
    amounts: Sequence[BilledAmount],
    exchange: Exchange,
    is_known: bool,
) -> list[str]:
    if not is_known:
        return ["no source has told of any bill"]
    if not amounts:
        return ["no bill is known on an account of these companies"]
    said = []
    for before, last in pairwise(months[-2:]):
        silent = before.account_count - last.account_count
        if silent > 0:
            said.append(
                f"{silent:,} of {before.account_count:,} billing accounts that were billed in "
                f"{before.month:%B} have no bill of {last.month:%B}"
            )
    apart = _sum(amounts, exchange).unconverted
    said += [without_rate(code) for code in apart]
    return said
