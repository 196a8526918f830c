"""The loop that runs any source: extract -> transform -> load -> close, streamed and resumable.

Four things go on at once: reading and hashing, comparing and mapping, putting evidence on disk,
writing. What is in memory is a handful of batches, whatever the size of the source.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from graph.connection import BatchSession
from graph.errors import FootprintError, SourceError
from graph.evidence import EvidenceStore
from graph.facts import due
from graph.facts import run as lifecycle
from graph.facts.load import KeptBatch, Loading, open_loading
from graph.facts.run import Run
from graph.progress import Progress, silent
from loaders.audit import Audit
from loaders.mapping import CONTESTED_PORTION, PORTION, compare, rarely_collecting, soon_giving_way
from loaders.reading import AHEAD, Order, read_ahead
from loaders.source import Delivery, Source

__all__ = ["Order", "sync"]


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
        with (
            rarely_collecting(),
            soon_giving_way(),
            progress(f"loading {source.name}", unit="records") as task,
        ):
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
    alone = len(loading.writing.precedence.ranks) == 1
    limit = PORTION if alone else CONTESTED_PORTION
    with ThreadPoolExecutor(1, "keep") as keeper, _Writer(loading) as writer:
        for read in read_ahead(source, order, delivery):
            if isinstance(read, SourceError):
                broken = read
                break
            for part in compare(source, loading, read, audit, limit):
                writer.put(keeper.submit(loading.keep, part))
                show(loading.run.read, delivery.expected)
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
    reason = reason or "; ".join(_unhealthy(source, order, loading, audit))
    run = loading.finish(complete=not reason, reason=reason)
    due.retype_due(loading.session, order.now.date())
    return run


def _why_partial(order: Order, delivery: Delivery, run: Run, broken: SourceError | None) -> str:
    if broken:
        return broken.sentence
    if run.rejected:
        return f"in quarantine: {run.rejected}; see ./footprint quarantine list"
    if delivery.expected is not None and delivery.expected != run.read:
        return f"the delivery announces {delivery.expected} records and holds {run.read}"
    if order.full and delivery.full is False:
        return "the delivery says that it is a delta, and --full was asked"
    return ""


def _unhealthy(source: Source, order: Order, loading: Loading, audit: Audit) -> Iterator[str]:
    if not order.full:
        return
    yield from audit.too_empty(loading.run.unchanged)
    for record_type, expected in source.spec.expect.records.items():
        met = loading.met[record_type]
        if record_type in loading.run.record_types and met < expected.min:
            yield f"{met} records of {record_type}, at least {expected.min} expected"
        if expected.max is not None and met > expected.max:
            yield f"{met} records of {record_type}, at most {expected.max} expected"


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


class _Writer:
    """A thread that writes batches in order; its error stops the one that feeds it."""

    def __init__(self, loading: Loading) -> None:
        self._queue: queue.Queue[Future[KeptBatch] | None] = queue.Queue(AHEAD)
        self._error: BaseException | None = None
        self._loading = loading
        self._thread = threading.Thread(target=self._run, name="write", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Wait for all batches; raises what one of them raised."""
        self._queue.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def put(self, batch: Future[KeptBatch]) -> None:
        """Hand over a batch, kept or about to be; raises what an earlier one raised."""
        if self._error:
            raise self._error
        self._queue.put(batch)

    def _run(self) -> None:
        while (batch := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._loading.write(batch.result())
                except BaseException as error:
                    self._error = error
