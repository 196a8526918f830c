"""How old a source may be before its data count as stale (ISO 8601 durations)."""

from __future__ import annotations

from datetime import datetime, timedelta

from graph.durations import in_words, span
from graph.errors import SourceError


def allowed_age(duration: str) -> timedelta:
    """The span that an ISO 8601 duration like P1D or PT36H stands for."""
    try:
        return span(duration)
    except ValueError as error:
        raise SourceError(
            str(error), where="freshness_sla", remedy="write it like P1D, PT36H or P1M"
        ) from error


def age_told(duration: str) -> str:
    """A duration as a person says it: 2 days, 36 hours."""
    return in_words(allowed_age(duration))


def state_of(loaded_at: datetime | None, duration: str, now: datetime) -> str:
    """A source as one word: fresh, stale, or never loaded."""
    if loaded_at is None:
        return "never loaded"
    return "fresh" if now - loaded_at <= allowed_age(duration) else "stale"
