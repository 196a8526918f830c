"""Amounts in the base currency, with the rate and its day; what has no rate stays as it is.

One day's rates convert everything, so that a trend is one of money and not of rates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from graph.connection import ReadSession
from graph.money import MINOR_DIGITS
from queries.money.rates import MAX_AGE_DAYS, Rate, rates

Amount = Sequence[object]
"""A currency (ISO 4217) and whole minor units of it, as a statement gives them: `["USD", 1250]`."""


@dataclass(slots=True)
class Worth:
    """What one unit of a currency is worth in the base currency."""

    currency: str
    """The currency that is worth so much, ISO 4217."""
    rate: float
    """Units of the base currency for one unit of this currency."""
    on: date
    """Day of the rate."""
    source_ids: list[str]
    """Systems that gave the rate."""


@dataclass(slots=True)
class Money:
    """Several amounts as one in the base currency, and beside it what could not be converted."""

    currency: str
    """The base currency."""
    amount: int
    """In minor units of the base currency: the amounts that have a rate."""
    parts: dict[str, int] = field(default_factory=dict)
    """Every amount in its own currency and minor units, by currency."""
    rates: list[Worth] = field(default_factory=list)
    """The rates used, by currency; none for the base currency itself."""
    unconverted: dict[str, int] = field(default_factory=dict)
    """Amounts of currencies without a rate on the day, in their own minor units."""

    @property
    def is_whole(self) -> bool:
        """Whether every amount was converted."""
        return not self.unconverted


class Exchange:
    """The rates of one day into one base currency."""

    def __init__(self, base: str, on: date | None, given: Iterable[Rate]) -> None:
        self.base = base
        self.on = on
        """The day asked for; None is today."""
        self._worths = _worths(base, list(given))

    def worth(self, currency: str) -> Worth | None:
        """What one unit of a currency is worth in the base; None when nobody says."""
        return self._worths.get(currency)

    def converted(self, amount: int, currency: str) -> int | None:
        """Minor units of the base for minor units of a currency; None when there is no rate."""
        if currency == self.base:
            return amount
        worth = self.worth(currency)
        if worth is None or currency not in MINOR_DIGITS:
            return None
        shift = MINOR_DIGITS[self.base] - MINOR_DIGITS[currency]
        exact = (Decimal(amount) * Decimal(repr(worth.rate))).scaleb(shift)
        return int(exact.to_integral_value(ROUND_HALF_EVEN))

    def summed(self, amounts: Iterable[Amount]) -> Money:
        """Amounts of any currencies together: each currency is summed first and converted once."""
        total = Money(self.base, 0)
        for code, amount in amounts:
            total.parts[str(code)] = total.parts.get(str(code), 0) + int(str(amount))
        total.parts = dict(sorted(total.parts.items()))
        for code, amount in total.parts.items():
            base_amount = self.converted(amount, code)
            if base_amount is None:
                total.unconverted[code] = amount
                continue
            total.amount += base_amount
            worth = self.worth(code)
            total.rates += [worth] if worth and code != self.base else []
        return total


async def exchange(
    graph: ReadSession, base: str, *, on: date | None = None, max_age_days: int = MAX_AGE_DAYS
) -> Exchange:
    """The rates into a base currency as they stood on a day, today if none is given."""
    return Exchange(base, on, await rates(graph, on=on, max_age_days=max_age_days))


def _worths(base: str, given: list[Rate]) -> dict[str, Worth]:
    """Every currency's worth: from its own rate, its inverse, or over a third currency."""
    legs: dict[tuple[str, str], Worth] = {}
    for one in given:
        if one.rate > 0:
            said = [one.source_id] if one.source_id else []
            legs[one.currency, one.base] = Worth(one.currency, 1 / one.rate, one.on, said)
    for one in given:
        if one.rate > 0 and (one.base, one.currency) not in legs:
            said = [one.source_id] if one.source_id else []
            legs[one.base, one.currency] = Worth(one.base, one.rate, one.on, said)
    found = {code: worth for (code, into), worth in legs.items() if into == base}
    for (code, third), first in sorted(legs.items()):
        second = legs.get((third, base))
        if code in found or code == base or second is None:
            continue
        said = sorted({*first.source_ids, *second.source_ids})
        day = min(first.on, second.on)
        found[code] = Worth(code, first.rate * second.rate, day, said)
    return found
