"""Days and moments as GLEIF and its issuers write them: ISO 8601, or milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from graph.errors import RecordRejected
from loaders.dates import EARLIEST, iso, local_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day(value: str | None, field: str) -> date | None:
    """The day a stamp means where it was set: from 12:00Z on it is the next one."""
    if not value:
        return None
    found = _local_day(value)
    if found is None:
        raise RecordRejected(
            f"{value!r} is not a day",
            where=field,
            remedy="ask the issuer of the LEI to mend it; GLEIF writes ISO 8601",
        )
    return found


@lru_cache(maxsize=65_536)
def _local_day(value: str) -> date | None:
    try:
        found = local_day(_plain(value))
    except (RecordRejected, ValueError, OverflowError):
        return None
    return found if found and found >= EARLIEST else None


def moment(value: str | None) -> str | None:
    """A stamp as ISO text in UTC for the evidence; None for one that cannot be read."""
    try:
        if value and value.endswith("Z"):
            datetime.fromisoformat(value)
            return value
        return iso(_plain(value)) if value else None
    except (RecordRejected, ValueError, OverflowError):
        return None


def _plain(value: str) -> str:
    """The stamp as ISO text: some issuers let milliseconds since 1970 slip through."""
    if value.lstrip("-").isdigit() and len(value) > 8:
        return (_EPOCH + timedelta(milliseconds=int(value))).isoformat()
    return value
