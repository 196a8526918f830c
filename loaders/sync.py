"""The loop that runs any source: extract -> transform -> load -> close, streamed and resumable.

Three things go on at once: reading and hashing, comparing and mapping, writing. What is in memory
is a handful of batches, whatever the size of the source.
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import orjson

from graph.connection import BatchSession
from graph.errors import FootprintError, RecordRejected, SourceError
from graph.evidence import Entry, EvidenceStore
from graph.facts import due
from graph.facts import run as lifecycle
from graph.facts.claims import Claims
from graph.facts.load import Batch, Loading, Rejection, open_loading
from graph.facts.run import Run
from graph.ids import record_key
from graph.progress import Progress, silent
from loaders.audit import Audit
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable

BATCH_ROWS = 5_000
BATCH_BYTES = 6_000_000
AHEAD = 2
"""Batches that may wait between two stages."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be loaded, and how."""

    path: Path
    as_of: date
    now: datetime
    full: bool = False
    """Whether the delivery is all that the source holds in scope, so that absence ends things."""
    scope: str = ""
    guard: float = 0.2
    batch_rows: int = BATCH_ROWS
    options: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Read:
    """Records read and hashed, not yet compared."""

    records: list[tuple[Extracted, Entry]] = field(default_factory=list)
    bytes: int = 0


def sync(
    source: Source,
    order: Order,
    session: BatchSession,
    evidence: EvidenceStore,
    *,
    progress: Progress = silent,
) -> Run:
    """Load one delivery of one source; the run as it ended.

    A delivery that breaks in the middle gives a PARTIAL run with the reason, and what was read
    stays. FootprintError of the graph or the evidence store ends the run as FAILED.
    """
    delivery = Delivery(order.path, options=order.options)
    loading = open_loading(
        session,
        evidence,
        source.system(),
        mode="full" if order.full else "delta",
        scope=order.scope,
        as_of=order.as_of,
        now=order.now,
        guard=order.guard,
        files=[order.path.name],
    )
    try:
        with progress(f"loading {source.name}", unit="records") as task:
            audit = Audit(source.spec.expect.fill_rate)
            broken = _read_all(source, order, delivery, loading, audit, task.update)
        return _finish(source, order, delivery, loading, audit, broken)
    except BaseException as error:
        _fail(loading, error)
        raise
    finally:
        _let_go(session)


def _read_all(
    source: Source,
    order: Order,
    delivery: Delivery,
    loading: Loading,
    audit: Audit,
    show: Callable[[float, float | None], None],
) -> SourceError | None:
    """Read, map and write everything; the error that cut the delivery short, if one did."""
    broken: SourceError | None = None
    writer = _Stage(loading.write, "write")
    try:
        for read in _ahead(source, order, delivery):
            if isinstance(read, SourceError):
                broken = read
                break
            writer.put(_compare(source, loading, read, audit))
            show(loading.run.read, delivery.expected)
    finally:
        writer.close()
    return broken


def _finish(
    source: Source,
    order: Order,
    delivery: Delivery,
    loading: Loading,
    audit: Audit,
    broken: SourceError | None,
) -> Run:
    run = loading.run
    run.warnings = [*run.warnings, *audit.sentences()]
    run.record_types = sorted(delivery.covered)
    run.expected, run.watermark = delivery.expected, delivery.watermark
    reason = _why_partial(order, delivery, run, broken)
    reason = reason or "; ".join(_unhealthy(source, order, run, audit))
    run = loading.finish(complete=not reason, reason=reason)
    due.retype_due(loading.session, order.now.date())
    return run


def _why_partial(order: Order, delivery: Delivery, run: Run, broken: SourceError | None) -> str:
    if broken:
        return broken.sentence
    if run.rejected:
        return f"{run.rejected} records are in quarantine: ./footprint quarantine list"
    if delivery.expected is not None and delivery.expected != run.read:
        return f"the delivery announces {delivery.expected} records and holds {run.read}"
    if order.full and delivery.full is False:
        return "the delivery says that it is a delta, and --full was asked"
    return ""


def _unhealthy(source: Source, order: Order, run: Run, audit: Audit) -> Iterator[str]:
    if not order.full:
        return
    yield from audit.too_empty()
    for record_type, expected in source.spec.expect.records.items():
        if record_type in run.record_types and run.read < expected.min:
            yield f"{run.read} records of {record_type}, at least {expected.min} expected"


def _fail(loading: Loading, error: BaseException) -> None:
    what = error.sentence if isinstance(error, FootprintError) else f"{type(error).__name__}"
    try:
        loading.fail(what)
    except Exception:  # the server or the disk is gone: the next load ends this run
        return


def _let_go(session: BatchSession) -> None:
    try:
        lifecycle.drop_lease(session)
    except FootprintError:
        return  # the server is gone; the lease falls free by itself


def _ahead(source: Source, order: Order, delivery: Delivery) -> Iterator[_Read | SourceError]:
    """Read and hash in a thread of its own; a source that stalls is cut off."""
    ready: queue.Queue[_Read | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()

    def offer(item: _Read | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def read() -> None:
        try:
            for batch in _batches(source, order, delivery):
                offer(batch)
                if stop.is_set():
                    return
            offer(None)
        except BaseException as error:
            offer(error)

    threading.Thread(target=read, name="extract", daemon=True).start()
    try:
        while True:
            try:
                item = ready.get(timeout=source.spec.stall_seconds)
            except queue.Empty:
                yield SourceError(
                    f"no record came for {source.spec.stall_seconds:.0f} s",
                    where=str(delivery.path),
                    remedy="see whether the source answers, then load again: "
                    "what was read is skipped",
                )
                return
            if item is None:
                return
            if isinstance(item, SourceError):
                yield item
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()


def _batches(source: Source, order: Order, delivery: Delivery) -> Iterator[_Read]:
    read = _Read()
    broken: SourceError | None = None
    try:
        for item in source.extract(delivery):
            entry = _entry(source.name, item)
            read.records.append((item, entry))
            read.bytes += len(entry.payload)
            if len(read.records) >= order.batch_rows or read.bytes >= BATCH_BYTES:
                yield read
                read = _Read()
    except SourceError as error:
        broken = error
    if read.records:
        yield read
    if broken:
        raise broken


def _entry(system: str, item: Extracted) -> Entry:
    if isinstance(item, Ignored):
        return Entry("ignored", item.record_type, "", "")
    if isinstance(item, Unreadable):
        payload = orjson.dumps({"text": item.text})
        native_id = item.native_id or f"{item.file}#{item.line}"
        return Entry(
            "unreadable",
            item.record_type,
            native_id,
            record_key(system, item.record_type, native_id),
            hashlib.sha256(payload).hexdigest(),
            None,
            item.file,
            item.line,
            payload,
        )
    payload = orjson.dumps(item.payload, option=orjson.OPT_SORT_KEYS)
    return Entry(
        "version",
        item.record_type,
        item.native_id,
        record_key(system, item.record_type, item.native_id),
        hashlib.sha256(payload).hexdigest(),
        item.happened_at,
        item.file,
        item.line,
        payload,
    )


def _compare(source: Source, loading: Loading, read: _Read, audit: Audit) -> Batch:
    """Sort a batch into new, changed, unchanged, duplicate, ignored and rejected records."""
    batch = Batch()
    batch.count("read", len(read.records))
    records = []
    for item, entry in read.records:
        if isinstance(item, Ignored):
            batch.count("ignored")
        elif isinstance(item, Unreadable):
            _reject(batch, entry, "", item.reason, item.remedy, kind="unreadable")
        else:
            records.append((item, entry))
    verdicts = loading.seen.meet(
        [entry.key for _, entry in records], [entry.content_hash for _, entry in records]
    )
    counts = Counter(verdicts)
    if counts[1]:
        batch.count("duplicate", counts[1])
    for (_, entry), verdict in zip(records, verdicts, strict=True):
        if verdict == 2:
            _reject(
                batch,
                entry,
                "",
                f"{entry.record_type} {entry.native_id} comes twice with different content",
                "ask the source which is right, remove the other, and load again",
                kind="conflict",
            )
    first = [pair for pair, verdict in zip(records, verdicts, strict=True) if verdict == 0]
    changed = loading.changed(
        [entry.key for _, entry in first], [entry.content_hash for _, entry in first]
    )
    if len(changed) < len(first):
        batch.count("unchanged", len(first) - len(changed))
    for item, entry in first:
        if entry.key in changed:
            _map(source, batch, item, entry, changed[entry.key], audit)
    return batch


def _map(
    source: Source, batch: Batch, item: RawRecord, entry: Entry, previous: str, audit: Audit
) -> None:
    claims = mapped(source, item, batch, entry)
    if claims is not None:
        audit.look_at(claims, item)
        batch.versions.append((entry, claims, previous))
        batch.count("changed" if previous else "loaded")


def mapped(source: Source, item: RawRecord, batch: Batch, entry: Entry) -> Claims | None:
    """What a record says; None when it was put among the batch's rejections."""
    try:
        return source.transform(item)
    except RecordRejected as error:
        _reject(batch, entry, error.where, error.what, error.remedy)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        _reject(
            batch,
            entry,
            "",
            f"not understood: {type(error).__name__}: {error}",
            f"mend loaders/{source.name}/source.py, then ./footprint quarantine retry",
        )
    return None


def _reject(
    batch: Batch, entry: Entry, field: str, reason: str, remedy: str, *, kind: str = "rejected"
) -> None:
    entry.kind, entry.field, entry.reason, entry.remedy = kind, field, reason, remedy
    batch.rejections.append(Rejection(entry, field, reason, remedy))
    batch.count("rejected")


class _Stage:
    """One worker thread that takes batches in order; its error stops the one that feeds it."""

    def __init__(self, work: Callable[[Batch], object], name: str) -> None:
        self._queue: queue.Queue[Batch | None] = queue.Queue(AHEAD)
        self._error: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, batch: Batch) -> None:
        """Hand over a batch; raises what an earlier one raised."""
        if self._error:
            raise self._error
        self._queue.put(batch)

    def close(self) -> None:
        """Wait for all batches; raises what one of them raised."""
        self._queue.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def _run(self) -> None:
        while (batch := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._work(batch)
                except BaseException as error:
                    self._error = error
