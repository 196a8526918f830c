"""Writes the deliveries: every cluster once, every system, every day; then what goes wrong."""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.progress import Task
from loaders.carrier.config import Config
from loaders.carrier.making.carrier import carrier
from loaders.carrier.making.cluster import cluster
from loaders.carrier.observation import SYSTEMS, Seen
from loaders.carrier.seeing.deliveries import Planned, deliveries, held
from loaders.carrier.seeing.index import index
from loaders.carrier.seeing.mistakes import world_labels
from loaders.carrier.seeing.versions import Version, shared_versions, versions
from loaders.carrier.systems import writer_of
from loaders.carrier.truth.files import TruthFiles
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writing import Export, Part


@dataclass(slots=True)
class Counts:
    """How much was written."""

    entities: int = 0
    services: int = 0
    records: dict[str, int] = field(default_factory=dict)
    """By system; lines of bills and of agreements count, and rows of measures."""

    def add(self, other: Counts) -> None:
        """Add what another part wrote."""
        self.entities += other.entities
        self.services += other.services
        for system, count in other.records.items():
            self.records[system] = self.records.get(system, 0) + count


class SystemFiles:
    """One system's deliveries being written: one open export a day and part."""

    def __init__(self, config: Config, system: str, out: Path, part: int) -> None:
        self.planned = [one for one in deliveries(config, system) if not _is_copy(one)]
        shared = carrier(config)
        self.parts = [
            Part(
                made_in(out, one),
                part,
                system,
                config.day(one.of),
                one.full,
                one.schema,
                shared,
                config.size.page_rows,
            )
            for one in self.planned
        ]
        self.exports: list[Export | None] = [None] * len(self.parts)
        self.written = 0
        self._system = system
        self._only_changes = not any(one.full for one in self.planned[1:])

    def add(self, found: Iterable[Version], within: Cluster | None) -> None:
        """Write versions that come record by record."""
        record: list[Version] = []
        for version in found:
            if record and version[1].native_id != record[0][1].native_id:
                self._record(record, within)
                record = []
            record.append(version)
        if record:
            self._record(record, within)

    def _record(self, record: list[Version], within: Cluster | None) -> None:
        """In each delivery the newest version that it may hold, once."""
        if len(record) == 1 and record[0][0] == 0 and self._only_changes:
            self._write(0, record[0][1], within)
            return
        for place, seen in held(self.planned, record):
            self._write(place, seen, within)

    def _write(self, place: int, seen: Seen, within: Cluster | None) -> None:
        export = self.exports[place]
        if export is None:
            export = self.exports[place] = writer_of(self._system).export(self.parts[place])
        export.write(seen, within)
        self.written += rows_of(seen)

    def close(self) -> None:
        """Finish all deliveries; one that holds nothing is an empty export all the same."""
        for place, part in enumerate(self.parts):
            export = self.exports[place]
            if export is None and part.number == 0:
                export = writer_of(self._system).export(part)
            if export is not None:
                export.close()
            part.close()


def rows_of(seen: Seen) -> int:
    """How many records an observation is: a bill counts with its lines, a day with its rows."""
    thing = seen.thing
    if seen.kind == "bill":
        return 1 + len(thing.charges)
    if seen.kind == "agreement":
        return 1 + len(thing.items) + len(thing.clauses) + len(thing.commitments)
    return len(thing.services) if seen.kind == "measures" else 1


def made_in(out: Path, one: Planned) -> Path:
    """The folder in which a delivery is made: that of the day on which it should arrive."""
    return out / f"day-{one.of:02d}" / one.system


def _is_copy(one: Planned) -> bool:
    return one.dirt in ("repeated_file", "file_whole")


def shares(config: Config) -> list[list[int]]:
    """Which part writes which clusters: always the largest to the part that has least."""
    parts: list[list[int]] = [[] for _ in range(config.size.parts)]
    load = [0] * config.size.parts
    numbers = range(1, config.size.clusters + 1)
    for number in sorted(numbers, key=lambda one: (-config.entities_of(one), one)):
        place = load.index(min(load))
        parts[place].append(number)
        load[place] += config.entities_of(number) + config.size.around
    return [sorted(part) for part in parts]


def write_part(
    config: Config, out: Path, part: int, numbers: Sequence[int], systems: Sequence[str],
    task: Task | None = None,
) -> Counts:  # fmt: skip
    """Write one part of every delivery of these systems; the truth is written beside it."""
    _allow_files()
    files = {system: SystemFiles(config, system, out, part) for system in systems}
    counts = Counts()
    with TruthFiles(config, out / "truth", part) as truth:
        if part == 0:
            for system, file in files.items():
                file.add(shared_versions(config, system, carrier(config)), None)
            truth.shared(systems)
        for done, number in enumerate(numbers, start=1):
            made = cluster(config, number)
            labels = list(world_labels(index(made)))
            for system in SYSTEMS:
                if system == "telemetry" and system not in files:
                    continue  # nothing in it is a record of somebody
                found = truth.watch(system, versions(config, system, made, labels))
                if system in files:
                    files[system].add(found, made)
                else:
                    deque(found, maxlen=0)
            truth.cluster(made, labels)
            counts.entities += len(made.entities)
            counts.services += len(made.services)
            if task is not None:
                every = config.size.clusters
                task.update(round(done / len(numbers) * every), every)
    for system, file in files.items():
        file.close()
        counts.records[system] = file.written
    return counts


def write(config: Config, out: Path, systems: Sequence[str], task: Task) -> Counts:
    """Write all deliveries and the truth; parts run side by side, and the bytes do not tell."""
    work = shares(config)
    if len(work) == 1:
        return write_part(config, out, 0, work[0], systems, task)
    counts = Counts()
    jobs = [(config, out, part, work[part], systems) for part in range(1, len(work))]
    with _side_by_side(jobs) as others:
        counts.add(write_part(config, out, 0, work[0], systems, task))
        for told in others:
            counts.add(told())
    return counts


@contextmanager
def _side_by_side(jobs: Sequence[tuple[Any, ...]]) -> Iterator[list[Callable[[], Counts]]]:
    """Write parts in processes of their own; each gives its counts, or raises what it met.

    Plain processes and pipes: a pool needs semaphores, which small machines may not allow.
    """
    context = get_context("spawn")
    started = []
    for job in jobs:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_write_and_tell, args=(sender, job), daemon=True)
        process.start()
        sender.close()
        started.append((process, receiver))
    try:
        yield [partial(_told_by, receiver) for _, receiver in started]
    finally:
        for process, _ in started:
            process.terminate()
            process.join()


def _write_and_tell(sender: Connection, job: tuple[Any, ...]) -> None:
    try:
        sender.send(write_part(*job))
    except OSError as error:
        sender.send(error)


def _told_by(receiver: Connection) -> Counts:
    try:
        told = receiver.recv()
    except EOFError as error:
        raise SourceError(
            "a process that wrote a part of the carrier was ended",
            remedy="the system may have run out of memory; write it again",
        ) from error
    if isinstance(told, OSError):
        raise told
    counts: Counts = told
    return counts


def _allow_files() -> None:
    """Raise the number of open files: a file stays open for each day, system and table."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
