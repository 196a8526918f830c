"""Money in words: short for a glance, whole for a list, and what has no rate beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from graph.money import MINOR_DIGITS
from queries.account.figure import Figure
from queries.money.base import Worth

SHORT = ((1_000_000_000, "bn"), (1_000_000, "M"), (10_000, "k"))
UNKNOWN = "unknown"


def short_amount(amount: float | None, currency: str) -> str:
    """An amount of minor units with three digits or so: `EUR 1.24M`, `EUR 412k`, `EUR 980`."""
    if amount is None:
        return UNKNOWN
    major = _major(amount, currency)
    for least, letter in SHORT:
        if abs(major) >= least:
            part = major / (least if letter != "k" else 1000)
            digits = 0 if abs(part) >= 100 else 1 if abs(part) >= 10 else 2
            return f"{currency} {part:,.{digits}f}{letter}"
    return f"{currency} {major:,.0f}"


def whole_amount(amount: float | None, currency: str) -> str:
    """An amount of minor units to the whole unit: `EUR 1,240,330`."""
    if amount is None:
        return UNKNOWN
    rounded = _major(amount, currency).to_integral_value(ROUND_HALF_EVEN)
    return f"{currency or '?'} {rounded:,}"


def apart(amounts: Mapping[str, int]) -> str:
    """Amounts without a rate, in their own currencies."""
    return " and ".join(whole_amount(amount, code) for code, amount in amounts.items())


def short_figure(figure: Figure) -> str:
    """An amount in the base currency, and beside it what could not be converted."""
    told = short_amount(figure.value, figure.unit)
    left = figure.money.unconverted if figure.money else {}
    if left and figure.value is None:
        return apart(left)
    return f"{told} and {apart(left)}" if left else told


def rates_told(rates: Sequence[Worth], base: str) -> str:
    """The rates that amounts were converted with, and their days."""
    return "; ".join(
        f"1 {one.currency} = {one.rate:.4g} {base} on {one.on}"
        + (f" ({', '.join(one.source_ids)})" if one.source_ids else "")
        for one in rates
    )


def _major(amount: float, currency: str) -> Decimal:
    return Decimal(round(amount)).scaleb(-MINOR_DIGITS.get(currency, 0))
