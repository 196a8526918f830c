"""Comparing and mapping: which records of a batch are new, and what they say."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterable, Iterator
from itertools import compress

import numpy as np
import numpy.typing as npt

from graph.errors import RecordRejected
from graph.evidence import Entry
from graph.facts.claims import Claims
from graph.facts.load import Batch, Loading
from graph.facts.quarantine import Rejection
from graph.facts.seen import Numbers, marks_of_digests, numbers_of_digests
from loaders.audit import Audit
from loaders.reading import Read
from loaders.source import Ignored, RawRecord, Source

PORTION = 20_000
"""What one transaction writes, by `weight_of`: some 100 MB of the server's memory."""
CONTESTED_PORTION = 10_000
"""The same where another source may describe the same things: two opinions cost more than one."""


Mapped = tuple[Entry, Claims, str]
"""New evidence, what it says, and the version that it supersedes ('' for none)."""


def compare(
    source: Source, loading: Loading, read: Read, audit: Audit, limit: int
) -> Iterator[Batch]:
    """Sort what was read into new, changed, unchanged, duplicate, ignored and rejected records.

    The records come in parts that each fit in a transaction, each as soon as it is mapped.
    """
    batch = Batch()
    batch.count("read", len(read))
    for other, entry in read.others:
        if isinstance(other, Ignored):
            batch.count("ignored")
        else:
            reject(batch, entry, "", other.reason, other.remedy, kind="unreadable")
    yield from portions(batch, _unlike(source, loading, read, batch, audit), limit)


def _unlike(
    source: Source, loading: Loading, read: Read, batch: Batch, audit: Audit
) -> Iterator[Mapped]:
    """The records whose content the graph does not have, mapped."""
    if not read.records:
        return
    numbers, marks = numbers_of_digests(read.keys), marks_of_digests(read.hashes)
    first = _met_first(loading, read, numbers, marks, batch)
    unlike = np.flatnonzero(first & ~loading.known.holds(numbers, marks))
    entries = [(read.records[place], read.entry(place)) for place in unlike.tolist()]
    changed = loading.changed(
        [entry.key for _, entry in entries], [entry.content_hash for _, entry in entries]
    )
    if unchanged := int(np.count_nonzero(first)) - len(changed):
        batch.count("unchanged", unchanged)
    for item, entry in entries:
        if entry.key not in changed:
            continue
        claims = mapped(source, item, batch, entry)
        if claims is not None:
            audit.look_at(claims, item)
            yield entry, claims, changed[entry.key]


def portions(batch: Batch, versions: Iterable[Mapped], limit: int) -> Iterator[Batch]:
    """Versions in parts that each fit in a transaction: a record may say one thing or hundreds.

    The batch counts all that was read; what else is in it comes last, with the last versions. What
    was rejected for coming twice must not be written before the record that it comes after.
    """
    part, weight = Batch(), 0
    for entry, claims, previous in versions:
        claims.make_ready(entry.key)
        part.versions.append((entry, claims, previous))
        part.count("read")
        part.count("changed" if previous else "loaded")
        weight += weight_of(claims)
        if weight >= limit:
            batch.count("read", -part.counts["read"])
            yield part
            part, weight = Batch(), 0
    batch.versions = part.versions
    for name in ("loaded", "changed"):
        batch.count(name, part.counts.get(name, 0))
    if batch.versions or batch.rejections or batch.counts.get("read"):
        yield batch


def weight_of(claims: Claims) -> int:
    """What a record costs a transaction, about; a node costs by its properties."""
    described = sum(1 + len(node.properties) // 6 for node in claims.nodes)
    return 1 + described + len(claims.facts) + len(claims.links)


def _met_first(
    loading: Loading, read: Read, numbers: Numbers, marks: Numbers, batch: Batch
) -> npt.NDArray[np.bool_]:
    """Which records the run meets for the first time; what comes twice is counted or rejected."""
    verdicts = loading.seen.meet(numbers, marks)
    if again := int(np.count_nonzero(verdicts == 1)):
        batch.count("duplicate", again)
    for place in np.flatnonzero(verdicts == 2).tolist():
        entry = read.entry(place)
        reject(
            batch,
            entry,
            "",
            f"{entry.record_type} {entry.native_id} comes twice with different content",
            "ask the source which is right, remove the other, and load again",
            kind="conflict",
        )
    first: npt.NDArray[np.bool_] = verdicts == 0
    loading.met.update(item.record_type for item in compress(read.records, first))
    return first


def mapped(source: Source, item: RawRecord, batch: Batch, entry: Entry) -> Claims | None:
    """What a record says; None when it was put among the batch's rejections."""
    try:
        return source.transform(item)
    except RecordRejected as error:
        reject(batch, entry, error.where, error.what, error.remedy)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        reject(
            batch,
            entry,
            "",
            f"not understood: {type(error).__name__}: {error}",
            f"mend loaders/{source.name}/source.py, then ./footprint quarantine retry",
        )
    return None


def reject(
    batch: Batch, entry: Entry, field: str, reason: str, remedy: str, *, kind: str = "rejected"
) -> None:
    """Put a record among the batch's rejections, with why and what to do."""
    entry.kind, entry.field, entry.reason, entry.remedy = kind, field, reason, remedy
    batch.rejections.append(Rejection(entry, field, reason, remedy))
    batch.count("rejected")


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for garbage in cycles less often.

    By default Python does so every 700 new objects. A batch makes hundreds of thousands that are
    in no cycle, and looking at them took three tenths of this process's time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextlib.contextmanager
def soon_giving_way() -> Iterator[None]:
    """Let a thread that was answered go on after half a millisecond instead of five.

    The thread that writes waits for the server hundreds of times a batch, and each time again for
    the threads that read and map.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
