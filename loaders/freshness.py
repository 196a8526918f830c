"""How old a source may be before its data count as stale (ISO 8601 durations)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from graph.errors import SourceError

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


def allowed_age(duration: str) -> timedelta:
    """The span that an ISO 8601 duration like P1D or PT36H stands for."""
    found = _FORM.match(duration)
    if not found:
        raise SourceError(
            f"{duration!r} is not an ISO 8601 duration",
            where="freshness_sla",
            remedy="write it like P1D, PT36H or P1M",
        )
    amounts = (int(amount or 0) for amount in found.groups())
    return sum((n * unit for n, unit in zip(amounts, _UNITS, strict=True)), timedelta())


def age_told(duration: str) -> str:
    """A duration as a person says it: 2 days, 36 hours."""
    hours = int(allowed_age(duration).total_seconds() // 3600)
    number, unit = (hours // 24, "day") if hours % 24 == 0 else (hours, "hour")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def state_of(loaded_at: datetime | None, duration: str, now: datetime) -> str:
    """A source as one word: fresh, stale, or never loaded."""
    if loaded_at is None:
        return "never loaded"
    return "fresh" if now - loaded_at <= allowed_age(duration) else "stale"
