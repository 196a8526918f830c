"""Days and moments as sources write them; a day that does not exist is refused, never mended."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from graph.errors import RecordRejected

EARLIEST = date(1000, 1, 1)
_AFTER_DAY = re.compile(r"([T ].*|Z|[+-]\d\d:\d\d)?")
"""What may follow an ISO day: a time, or a zone (XML Schema's dates have one)."""


def day(value: object, *, field: str = "", form: str = "iso") -> date | None:
    """A day: `iso` (2024-05-31, with or without a time), `d/m/y` or `m/d/y`; None for nothing.

    RecordRejected for 31/02, for a form that is not the one given, for a day before the year 1000.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = str(value).strip()
    try:
        found = _iso_day(text) if form == "iso" else _slashed(text, form)
    except ValueError as error:
        raise RecordRejected(
            f"{text!r} is not a day ({error})",
            where=field,
            remedy=f"dates here are written {form}; ask the source to mend this one",
        ) from error
    if found < EARLIEST:
        raise RecordRejected(f"{text!r} is before {EARLIEST}", where=field, remedy="ask the source")
    return found


@lru_cache(maxsize=8_192)
def _iso_day(text: str) -> date:
    if not _AFTER_DAY.fullmatch(text[10:]):
        raise ValueError(f"followed by {text[10:]!r}")
    return date.fromisoformat(text[:10])


def _slashed(text: str, form: str) -> date:
    first, second, year = (int(part) for part in text.split(" ")[0].split("/"))
    months, days = (second, first) if form == "d/m/y" else (first, second)
    return date(year, months, days)


def local_day(value: object, *, field: str = "") -> date | None:
    """The day of a UTC stamp that hides a local midnight: from 12:00Z on it is the next day.

    GLEIF stamps are local midnights in UTC: 2021-11-01T23:00:00Z is 2 November in Berlin.
    """
    moment = at(value, field=field)
    if moment is None:
        return None
    try:
        return (moment + timedelta(days=1)).date() if moment.hour >= 12 else moment.date()
    except OverflowError as error:
        raise _no_moment(value, field) from error


def at(value: object, *, field: str = "", zone: tzinfo = UTC) -> datetime | None:
    """A moment in UTC; a stamp without a zone counts as of the one given. None for nothing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _no_moment(text, field) from error


def _no_moment(value: object, field: str) -> RecordRejected:
    return RecordRejected(
        f"{value!r} is not a moment", where=field, remedy="ask the source for ISO 8601"
    )


def iso(value: object, *, field: str = "", zone: tzinfo = UTC) -> str | None:
    """A moment as ISO text in UTC, as evidence keeps it."""
    moment = at(value, field=field, zone=zone)
    return moment.isoformat().replace("+00:00", "Z") if moment else None
