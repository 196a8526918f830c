"""A finding in one sentence: the rule's message with its columns as a person says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from graph.money import MINOR_DIGITS

_BRACES = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
UNKNOWN = "unknown"


def columns_of(message: str) -> Iterator[tuple[str, str]]:
    """Names in braces, each with what follows its colon: `{share:.0%}` is `share`, `.0%`."""
    for found in _BRACES.finditer(message):
        yield found[1], found[2] or ""


def said(message: str, row: Mapping[str, Any]) -> str:
    """The message with a row's values: days and money in words, nothing as `unknown`."""
    return _BRACES.sub(lambda found: in_words(row.get(found[1]), found[2] or ""), message)


def in_words(value: Any, form: str = "") -> str:
    """A value as a person says it: 1 October 2026, EUR 1,200.00, 118%, 12,000."""
    if value is None or value == []:
        return UNKNOWN
    if form and isinstance(value, int | float):
        return format(value, form)
    if isinstance(value, datetime | date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, list):
        return _money(value) if _is_money(value) else _listed([in_words(one) for one in value])
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def money(amount: int, currency: str) -> str:
    """Minor units as people write them, without decimals from a thousand on."""
    exact = Decimal(amount).scaleb(-MINOR_DIGITS.get(currency, 2))
    return f"{currency} {exact:,.0f}" if abs(exact) >= 1000 else f"{currency} {exact:,}"


def _money(value: list[Any]) -> str:
    pairs = value if isinstance(value[0], list) else [value]
    return _listed([money(amount, currency) for amount, currency in pairs])


def _is_money(value: list[Any]) -> bool:
    pair = value[0] if isinstance(value[0], list) else value
    return len(pair) == 2 and isinstance(pair[0], int) and isinstance(pair[1], str)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
