"""Every version of every record of a system, with the day on which it is first delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from loaders.carrier.config import Config
from loaders.carrier.native import native_id
from loaders.carrier.observation import AS_IT_IS, SYSTEMS, Seen, SystemSpec
from loaders.carrier.seeing.index import index
from loaders.carrier.seeing.mistakes import NONE, Errors, Label, Mistakes
from loaders.carrier.seeing.scope import shared_things, things
from loaders.carrier.seeing.telemetry import measures
from loaders.carrier.world.cluster import Carrier, Cluster

Version = tuple[int, Seen]
"""Number of the day, and what is delivered on it."""


def versions(
    config: Config, system: str, cluster: Cluster, labels: list[Label] | None = None
) -> Iterator[Version]:
    """All versions of a system's records in a cluster, record by record, oldest first.

    The labels of their mistakes are added to `labels` when it is given.
    """
    spec, found = SYSTEMS[system], index(cluster)
    press = replace(spec, lag_days=0)
    mistakes = Mistakes(config, system, found)
    if "measures" in spec.kinds:
        for number, columns in measures(config, cluster):
            yield number, Seen("measures", f"{cluster.number}@{columns.day}", columns, columns.day)
    for kind in spec.kinds:
        for key, thing, begins in things(kind, spec, found):
            native = native_id(system, kind, key)
            errors = mistakes.of(kind, key, thing, native)
            if labels is not None and errors is not NONE:
                labels.extend(errors.labels)
            if errors.is_left_out:
                continue
            learnt = _learnt(kind, system, key, found.events) if kind == "entity" else ()
            told = press if kind == "happening" else spec
            yield from _of_record(config, told, (kind, native), thing, begins, errors, learnt)
            if errors.twin is not None:
                copy = native_id(system, kind, key, 1)
                twin = Errors(errors.twin, [])
                yield from _of_record(config, spec, (kind, copy), thing, begins, twin, ())


def shared_versions(config: Config, system: str, carrier: Carrier) -> Iterator[Version]:
    """All versions of the records of a system that are the same for all clusters."""
    spec = SYSTEMS[system]
    for kind in spec.kinds:
        for key, thing, begins in shared_things(kind, spec, carrier):
            native = native_id(system, kind, key)
            if kind == "rate" and thing.currency == "ZAR" and thing.on.month == 9:
                continue  # the dirt rate_missing
            yield from _of_record(config, spec, (kind, native), thing, begins, NONE, ())


def _of_record(
    config: Config,
    spec: SystemSpec,
    named: tuple[str, str],
    thing: Any,
    begins: date,
    errors: Errors,
    learnt: Sequence[date],
) -> Iterator[Version]:
    """The versions of one record: a new one on each day on which the system learns of a change."""
    lag, last = spec.lag_days, config.last_day
    zero = config.day_zero.toordinal()
    first = begins.toordinal() - zero + lag
    if first > last:
        return
    kind, native = named
    first = max(first, 0)
    days = [first]
    for turn in thing.turns():
        day = turn.toordinal() - zero + lag
        if first < day <= last:
            days.append(day)
    says, corrected = errors.says or AS_IT_IS, errors.corrected_on
    if learnt or corrected is not None:
        extra = [*learnt, corrected] if corrected is not None else learnt
        days += [day.toordinal() - zero for day in extra]
        days = sorted({day for day in days if first <= day <= last})
    for day in days:
        if corrected is not None and day >= corrected.toordinal() - zero:
            says = AS_IT_IS
        yield day, Seen(kind, native, thing, date.fromordinal(zero + day - lag), says)


def _learnt(kind: str, system: str, key: str, events: Any) -> list[date]:
    """Days on which the register notes a corporate event in the record of an entity."""
    found = []
    for event in events.get(key, ()):
        if system in event.learned:
            found.append(event.learned[system])
            lag = event.learned[system] - event.begins()
            found += [turn + lag for turn in event.turns()]
    return found
