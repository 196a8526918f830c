"""Plays written days: loads each delivery with its own loader, on the day on which it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import orjson

from graph.errors import FootprintError, UsageError
from graph.facts.run import Run
from graph.terminal import progress
from loaders.carrier.arriving import LIST
from loaders.carrier.truth.reading import Truth
from loaders.source import find_source
from loaders.sync import sync
from loaders.workplace import Workplace

LOADED_AT = time(6, 0)
"""Hour (UTC) at which a day's deliveries are loaded."""


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one delivery."""

    day: int
    system: str
    status: str
    """The run's status; `failed` when there was no run."""
    read: int = 0
    changed: int = 0
    rejected: int = 0
    seconds: float = 0.0
    reason: str = ""


def listed(folder: Path, day: int) -> list[dict[str, Any]]:
    """The deliveries of a day, in the order in which they are loaded."""
    path = folder / f"day-{day:02d}" / LIST
    if not path.exists():
        raise UsageError(f"{folder} has no day {day}", remedy="see ./footprint carrier write")
    value: list[dict[str, Any]] = orjson.loads(path.read_bytes())
    return value


def days_of(text: str, last: int) -> range:
    """`3`, `0-30` or `5-`, as days; UsageError for anything else."""
    first, dash, until = text.partition("-")
    try:
        begins = int(first)
        ends = int(until) if until else last if dash else begins
    except ValueError as error:
        raise UsageError(f"--days {text} is no range of days", remedy="like --days 0-30") from error
    if not 0 <= begins <= ends <= last:
        raise UsageError(f"--days {text} is not within 0-{last}", remedy="like --days 0-30")
    return range(begins, ends + 1)


def play(folder: Path, days: range, place: Workplace) -> Iterator[Played]:
    """Load the deliveries of these days; a broken one is told, and the next is loaded."""
    truth = Truth(folder)
    for day in days:
        now = datetime.combine(truth.day(day), LOADED_AT, UTC)
        for one in listed(folder, day):
            yield _load(folder, day, one, replace(place, now=now))


def _load(folder: Path, day: int, one: dict[str, Any], place: Workplace) -> Played:
    path, as_of = folder / f"day-{day:02d}" / one["path"], date.fromisoformat(one["as_of"])
    order = place.order(path, as_of=as_of, full=one["full"])
    source = find_source(one["system"])
    began = datetime.now(UTC)
    try:
        run = sync(source, order, place.session, place.evidence, progress=progress)
    except FootprintError as error:
        return Played(day, one["system"], "failed", reason=error.sentence)
    return _told(day, one["system"], run, (datetime.now(UTC) - began).total_seconds())


def _told(day: int, system: str, run: Run, seconds: float) -> Played:
    changed = run.loaded + run.changed
    return Played(day, system, run.status, run.read, changed, run.rejected, round(seconds, 1),
                  run.reason)  # fmt: skip
