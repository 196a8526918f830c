"""ISO 8601 durations, as sources and rules write how old data may be."""

from __future__ import annotations

import re
from datetime import timedelta

from graph.plural import counted

_FORM = re.compile(
    r"^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$"
)
_UNITS = (
    timedelta(days=366),
    timedelta(days=31),
    timedelta(weeks=1),
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
)
"""Years and months count with their longest length: lateness is never claimed too early."""


def span(duration: str) -> timedelta:
    """The span that a duration like P1D or PT36H stands for; ValueError when it is none."""
    found = _FORM.match(duration)
    if not found:
        raise ValueError(f"{duration!r} is not an ISO 8601 duration like P1D, PT36H or P1M")
    amounts = (int(amount or 0) for amount in found.groups())
    return sum((n * unit for n, unit in zip(amounts, _UNITS, strict=True)), timedelta())


def in_words(length: timedelta) -> str:
    """A span as a person says it: 2 days, 36 hours."""
    hours = int(length.total_seconds() // 3600)
    number, unit = (hours // 24, "day") if hours % 24 == 0 else (hours, "hour")
    return counted(number, unit)
