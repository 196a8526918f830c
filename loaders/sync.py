"""The loop that runs any source: extract -> transform -> load -> close, streamed and resumable.

Four things go on at once: reading and hashing, comparing and mapping, putting evidence on disk,
writing. What is in memory is a handful of batches, whatever the size of the source.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from graph.connection import BatchSession
from graph.errors import FootprintError, SourceError
from graph.evidence import EvidenceStore
from graph.facts import due
from graph.facts import run as lifecycle
from graph.facts.load import Batch, KeptBatch, Loading, open_loading
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
    with ThreadPoolExecutor(1, "keep") as keeper, ThreadPoolExecutor(1, "write") as writer:
        under_way: deque[Future[None]] = deque()

        def put(part: Batch) -> None:
            kept = keeper.submit(loading.keep, part)
            before = under_way[-1] if under_way else None
            under_way.append(writer.submit(_write, loading, kept, before))
            if len(under_way) > AHEAD + 1:
                under_way.popleft().result()

        for read in read_ahead(source, order, delivery):
            if isinstance(read, SourceError):
                broken = read
                break
            for part in compare(source, loading, read, audit, limit):
                put(part)
                show(loading.run.read, delivery.expected)
        for written in under_way:
            written.result()
    return broken


def _write(loading: Loading, kept: Future[KeptBatch], before: Future[None] | None) -> None:
    """Write a batch once its evidence is on disk; after one that failed nothing is written."""
    if before:
        before.result()
    loading.write(kept.result())


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
