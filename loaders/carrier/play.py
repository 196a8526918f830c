"""Plays written days: loads each delivery with its own loader, on the day on which it arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import orjson

from graph.connection import BatchSession
from graph.errors import SourceError, UsageError
from graph.facts import run as lifecycle
from graph.facts.run import Run
from graph.progress import Progress
from graph.terminal import progress
from loaders.carrier.arriving import LIST
from loaders.carrier.truth.reading import Truth
from loaders.source import find_source
from loaders.sync import sync
from loaders.workplace import Workplace

LOADED_AT = time(6, 0)
"""Hour (UTC) at which a day's deliveries are loaded."""
MOST = 100_000
"""Load runs that are looked through for what was loaded before."""

NOTHING: Mapping[str, Mapping[str, str]] = {}

Delivery = tuple[str, str, str]
"""System, folder below its day, and the day that it speaks of: which delivery it is."""


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
    was_loaded: bool = False
    """Whether an earlier load had it whole, so that nothing was to be done."""


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


def play(
    folder: Path,
    days: range,
    place: Workplace,
    *,
    show: Progress = progress,
    renamed: Mapping[str, Mapping[str, str]] = NOTHING,
) -> Iterator[Played]:
    """Load the deliveries of these days; a broken one is told, and the next is loaded.

    Which were loaded already is told by the load runs in the graph. What no delivery can be blamed
    for (the server, the disk) ends it. `renamed`: system -> a column as it calls it -> as the
    mapping knows it, beside what its source.yaml says.
    """
    truth = Truth(folder)
    before = loaded(place.session, truth.scope)
    for day in days:
        now = datetime.combine(truth.day(day), LOADED_AT, UTC)
        for one in listed(folder, day):
            run = before.get((one["system"], one["path"], one["as_of"]))
            if run:
                yield replace(_told(day, run, 0.0), was_loaded=True)
            else:
                path = folder / f"day-{day:02d}" / one["path"]
                yield _load(day, path, one, truth.scope, replace(place, now=now), show, renamed)


def loaded(session: BatchSession, scope: str) -> dict[Delivery, Run]:
    """The runs that read a delivery of this scope to its end, or as far as it can be read."""
    return {
        (run.source, run.files[0], run.as_of.isoformat()): run
        for run in lifecycle.runs(session, limit=MOST)
        if run.scope == scope
        and run.mode in ("full", "delta")
        and run.status in ("COMPLETE", "PARTIAL")
        and run.files
    }


def _load(
    day: int,
    path: Path,
    one: dict[str, Any],
    scope: str,
    place: Workplace,
    show: Progress,
    renamed: Mapping[str, Mapping[str, str]],
) -> Played:
    as_of = date.fromisoformat(one["as_of"])
    order = place.order(path, as_of=as_of, full=one["full"], scope=scope)
    began = datetime.now(UTC)
    try:
        source = find_source(one["system"])
        if one["system"] in renamed:
            names = source.spec.renamed | dict(renamed[one["system"]])
            source.spec = source.spec.model_copy(update={"renamed": names})
        run = sync(source, order, place.session, place.evidence, progress=show)
    except (SourceError, UsageError) as error:
        return Played(day, one["system"], "failed", reason=error.sentence)
    return _told(day, run, (datetime.now(UTC) - began).total_seconds())


def _told(day: int, run: Run, seconds: float) -> Played:
    return Played(
        day=day,
        system=run.source,
        status=run.status,
        read=run.read,
        changed=run.loaded + run.changed,
        rejected=run.rejected,
        seconds=round(seconds, 1),
        reason=run.reason,
    )
