"""The deliveries of each system day by day, and what happens to them on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.carrier.config import Config
from loaders.carrier.observation import SYSTEMS, Seen

OUTAGE = ("billing_apac", range(17, 20))
SCHEMA_CHANGE = ("crm_emea", 12)
PAGE_MISSING = ("network", 14)
FILE_CUT = ("billing_emea", 9)
LATE = ("contracts", 6)
REPEATED = ("tickets", 20)


@dataclass(frozen=True, slots=True)
class Planned:
    """One day's delivery of one system."""

    system: str
    day: int
    """On which it arrives."""
    of: int
    """On which it was made: another day when it is late or repeated."""
    since: int
    """First day whose changes it holds: days of an outage are made up for."""
    full: bool
    schema: int
    dirt: str = ""
    """page_missing, file_cut, late_file, repeated_file, outage_ends, schema_change; else empty."""


def deliveries(config: Config, system: str) -> list[Planned]:
    """All deliveries of a system, in the order in which they arrive."""
    found: list[Planned] = []
    since = 0
    for day in range(config.last_day + 1):
        if system == OUTAGE[0] and day in OUTAGE[1]:
            continue
        found += _of_day(system, day, since)
        since = day + 1
    return found


def _of_day(system: str, day: int, since: int) -> list[Planned]:
    every = SYSTEMS[system].full_every
    full = day == 0 or bool(every and day % every == 0)
    schema = 2 if system == SCHEMA_CHANGE[0] and day >= SCHEMA_CHANGE[1] else 1
    if (system, day) == LATE:
        return [Planned(system, day + 1, day, since, full, schema, "late_file")]
    dirt = ""
    if (system, day) == PAGE_MISSING:
        dirt = "page_missing"
    elif (system, day) == FILE_CUT:
        dirt = "file_cut"
    elif (system, day) == SCHEMA_CHANGE:
        dirt = "schema_change"
    elif since < day:
        dirt = "outage_ends"
    found = [Planned(system, day, day, since, full, schema, dirt)]
    if (system, day - 1) == REPEATED:
        found.insert(0, Planned(system, day, day - 1, day - 1, False, schema, "repeated_file"))
    if (system, day - 1) == FILE_CUT:
        found.insert(0, Planned(system, day, day - 1, day - 1, False, schema, "file_whole"))
    return found


def held(
    planned: Sequence[Planned], record: Sequence[tuple[int, Seen]]
) -> Iterator[tuple[int, Seen]]:
    """Which deliveries, by their place, hold a record, and which version: the newest they may.

    `record` is its versions with the day on which each can first be delivered, oldest first.
    """
    for place, one in enumerate(planned):
        since = 0 if one.full else one.since
        seen = None
        for day, version in record:
            if since <= day <= one.of:
                seen = version
        if seen is not None:
            yield place, seen
