"""Checks a graph against a written carrier: every record that was delivered, every fact of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.connection import BatchSession
from graph.errors import NotFound, UsageError
from graph.progress import Progress, silent
from loaders.carrier.check.compare import compare
from loaders.carrier.check.differences import Differences, Example
from loaders.carrier.check.graph import Found
from loaders.carrier.check.identity import Joined
from loaders.carrier.check.tellings import Known, RecordTold, of_cluster, shared
from loaders.carrier.config import SIZES, Config
from loaders.carrier.generator import fingerprint
from loaders.carrier.observation import SYSTEMS
from loaders.carrier.truth.reading import Truth


@dataclass(slots=True)
class Checked:
    """What a check found."""

    day: int
    families: list[int]
    """Numbers of the families that were compared."""
    is_last: bool
    """Whether the graph was loaded up to this day: else values and merges are not compared."""
    same_generator: bool
    """Whether this version wrote the carrier: else what differs may be due to that."""
    differences: Differences


def check(
    folder: Path,
    session: BatchSession,
    *,
    day: int | None = None,
    sample: int = 0,
    progress: Progress = silent,
) -> Checked:
    """Compare the graph with what a loader could know on a day; by default the last one loaded.

    `sample` is how many families are compared, spread evenly; 0 compares all.
    """
    truth = Truth(folder)
    config = config_of_truth(truth)
    found = Found(session, None if day is None else truth.day(day))
    if not found.is_loaded:
        raise NotFound(
            "the graph holds nothing of the carrier", remedy="./footprint carrier play DIR"
        )
    last = min(max((found.day - config.day_zero).days, 0), config.last_day)
    known = Known(config, last, found.today, found.retried)
    families = _families(config, sample)
    differences, joined = Differences(), Joined(truth, found)
    counts: dict[tuple[str, str], int] = {}
    with progress("comparing with the truth", unit="families") as task:
        for place, told in enumerate(_parts(known, families)):
            compare(told, found, differences)
            joined.add(told)
            for one in told:
                pair = (one.name.system, one.name.record_type)
                counts[pair] = counts.get(pair, 0) + 1
            task.update(place, len(families))
    if found.is_last:
        joined.compare(differences)
    if not sample:
        _unheard_of(counts, found, differences)
    same = truth.told.get("generator") == fingerprint()
    return Checked(last, families, found.is_last, same, differences)


def config_of_truth(truth: Truth) -> Config:
    """The configuration that a carrier was written with."""
    told = truth.told
    if set(told["systems_written"]) != set(SYSTEMS):
        raise UsageError(
            "the carrier was written without some of its systems",
            where=str(truth.folder.parent),
            remedy="write it again without --system",
        )
    return Config(told["seed"], SIZES[told["size"]], rates=told["rates"])


def _families(config: Config, sample: int) -> list[int]:
    """Numbers of the families to compare; a sample is spread evenly over all."""
    every = range(1, config.size.clusters + 1)
    if not 0 < sample < len(every):
        return list(every)
    return [every[place * len(every) // sample] for place in range(sample)]


def _parts(known: Known, families: list[int]) -> Iterator[list[RecordTold]]:
    """The records to compare: those that all families share, then family by family."""
    yield list(shared(known))
    for number in families:
        yield list(of_cluster(known, number))


def _unheard_of(counts: dict[tuple[str, str], int], found: Found, differences: Differences) -> None:
    """Records in the graph that no system has told, by how many there are of a type."""
    for (system, record_type), there in found.record_counts().items():
        expected = counts.get((system, record_type), 0)
        if expected and there > expected:
            what = f"records of {system} {record_type}"
            extra = Example("extra", what, "", "", str(expected), str(there))
            differences.add("record", [extra])
