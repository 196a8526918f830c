"""A load run from its opening to its end: the recorded moment, the counts, who may write now."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.connection import BatchSession, OneTransaction, Transaction, as_text
from graph.errors import LoadError, UsageError
from graph.ids import text_uuid5
from graph.lease.holding import claim, drop, holder_name, take

LEASE, LEASE_SECONDS = "load", 60
COUNTS = ("read", "loaded", "changed", "unchanged", "duplicate", "ignored", "rejected")


@dataclass(slots=True)
class Run:
    """One load run; `read` is the sum of the counts from `loaded` to `rejected`."""

    id: str
    source: str
    mode: str
    """full: all that the source holds in scope; delta; retry; approval"""
    scope: str
    as_of: date
    """The day the delivery speaks of."""
    moment: datetime
    """Recorded clock of everything that the run writes."""
    started_at: datetime
    record_types: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    status: str = "RUNNING"
    closing: str = "none"
    ended_at: datetime | None = None
    expected: int | None = None
    read: int = 0
    loaded: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    ignored: int = 0
    rejected: int = 0
    absent: int = 0
    closed: int = 0
    facts_opened: int = 0
    facts_closed: int = 0
    evidence_rows: int = 0
    """Rows of evidence that the graph has committed."""
    watermark: str = ""
    reason: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether every record read is accounted for."""
        return bool(self.read == sum(getattr(self, name) for name in COUNTS[1:]))

    def properties(self) -> dict[str, Any]:
        """The run as properties of its LoadRun node, moments and days as text."""
        return {name: as_text(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class SourceSystem:
    """The system a run reads, as its source.yaml describes it."""

    id: str
    name: str
    owner: str = ""
    holds: tuple[str, ...] = ()
    """What it holds, in the words of graph/model/holdings.py."""
    region: str = ""
    freshness_sla: str = ""
    precedence: int = 50
    """Whose value is shown where records differ: the lowest number."""
    precedence_of: dict[str, int] = field(default_factory=dict)
    """`Label.property` -> the number for that property alone."""


NEXT_MOMENT = """
MERGE (head:FeedHead {id: 'feed'})
ON CREATE SET head.feed_epoch = 1, head.sequence = 0
SET head.moment = CASE WHEN head.moment IS NULL OR head.moment < datetime($now) THEN datetime($now)
                  ELSE head.moment + duration({milliseconds: 1}) END
RETURN toString(head.moment) AS moment
"""

OPEN_RUN = """
MERGE (source:SourceSystem {id: $source.id})
ON CREATE SET source.first_seen_at = datetime($moment), source.last_seen_at = datetime($moment)
SET source.name = $source.name, source.owner = $source.owner, source.holds = $source.holds,
    source.region = $source.region, source.freshness_sla = $source.freshness_sla
"""

SAVE_RUN = """
MATCH (source:SourceSystem {id: $run.source})
MERGE (run:LoadRun {id: $run.id})
ON CREATE SET run.first_seen_at = datetime($run.moment)
MERGE (run)-[:OF]->(source)
SET run += $run, run.as_of = date($run.as_of), run.moment = datetime($run.moment),
    run.started_at = datetime($run.started_at), run.ended_at = datetime($run.ended_at),
    run.last_seen_at = datetime($run.moment)
"""

READ_RUNS = """
MATCH (run:LoadRun)
WHERE ($id IS NULL OR run.id STARTS WITH $id) AND ($source IS NULL OR run.source = $source)
  AND ($status IS NULL OR run.status = $status) AND ($closing IS NULL OR run.closing = $closing)
WITH run ORDER BY run.moment DESC, run.id LIMIT $limit
RETURN run {.*, as_of: toString(run.as_of), moment: toString(run.moment),
            started_at: toString(run.started_at), ended_at: toString(run.ended_at),
            first_seen_at: null, last_seen_at: null} AS run
"""

REBUILDING = "MATCH (head:FeedHead {id: 'feed', rebuilding: true}) RETURN head.id AS id"


def take_lease(
    session: BatchSession,
    *,
    wait_seconds: float = 600.0,
    waiting: Callable[[str], None] = lambda who: None,
) -> None:
    """Become the one who may write; waits for another load, takes over from a dead one."""
    deadline = time.monotonic() + wait_seconds
    while True:
        is_ours, holder = take(session, LEASE, holder=holder_name(), seconds=LEASE_SECONDS)
        if is_ours:
            return
        if time.monotonic() > deadline:
            raise LoadError(
                f"another load still runs after {wait_seconds:.0f} s ({holder})",
                remedy="wait for it, or end that process; its lease falls free by itself",
            )
        waiting(holder)
        time.sleep(0.5)


def renew_lease(transaction: Transaction) -> None:
    """Hold on to the lease in a batch's own transaction; fails if another load took it."""
    graph = OneTransaction(transaction)
    is_ours, holder = claim(graph, LEASE, holder=holder_name(), seconds=LEASE_SECONDS)
    if not is_ours:
        raise LoadError(
            f"this load lost its place to {holder}",
            remedy="load the same files again: what was committed stays and is skipped",
        )


def drop_lease(session: BatchSession) -> None:
    """Let the next load begin at once."""
    drop(session, LEASE, holder=holder_name())


def next_moment(session: BatchSession, now: datetime) -> str:
    """The recorded clock's next moment: after every earlier one, even if the clock went back.

    What is written at it was made of all that was recorded before, and of nothing that comes later.
    """
    ((moment,),) = session.run(NEXT_MOMENT, now=_whole_milliseconds(now))
    return str(moment)


def open_run(
    session: BatchSession,
    source: SourceSystem,
    *,
    mode: str,
    scope: str,
    as_of: date,
    now: datetime,
    files: list[str] | None = None,
    replayed: Run | None = None,
) -> Run:
    """Begin a run: its moment is after every earlier one, even if the clock went back."""
    text = next_moment(session, replayed.moment if replayed else now)
    told = {name: value for name, value in asdict(source).items() if "precedence" not in name}
    session.run(OPEN_RUN, source=told, moment=text)
    moment = datetime.fromisoformat(text)
    run = replayed or Run(
        id=text_uuid5(f"run|{source.id}|{text}"),
        source=source.id,
        mode=mode,
        scope=scope,
        as_of=as_of,
        moment=moment,
        started_at=moment,
        files=files or [],
    )
    session.run(SAVE_RUN, run=run.properties())
    return run


def save_run(transaction: Transaction, run: Run) -> None:
    """Keep a run's counts as they stand."""
    transaction.run(SAVE_RUN, run=run.properties()).consume()


def runs(
    session: BatchSession,
    *,
    id: str | None = None,
    source: str | None = None,
    status: str | None = None,
    closing: str | None = None,
    limit: int = 50,
) -> list[Run]:
    """Load runs, the newest first."""
    rows = session.rows(
        READ_RUNS, id=id, source=source, status=status, closing=closing, limit=limit
    )
    return [as_run(row[0]) for row in rows]


def as_run(properties: dict[str, Any]) -> Run:
    """A run from its properties or its manifest."""
    values = {
        name: value
        for name, value in properties.items()
        if name in Run.__dataclass_fields__ and value is not None
    }
    values["as_of"] = date.fromisoformat(values["as_of"])
    for name in ("moment", "started_at", "ended_at"):
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name].replace("Z", "+00:00"))
    return Run(**values)


def refuse_an_older_delivery(session: BatchSession, source: str, scope: str, as_of: date) -> None:
    """A delivery older than the last complete one would undo what is known since."""
    later = [
        run
        for run in runs(session, source=source, status="COMPLETE", limit=20)
        if run.scope == scope and run.as_of > as_of and run.mode in ("full", "delta")
    ]
    if later:
        raise UsageError(
            f"{source} was already loaded as of {later[0].as_of}; this delivery is of {as_of}",
            remedy="load deliveries in their order, or give the right day with --as-of",
        )


def refuse_after_a_broken_rebuild(session: BatchSession) -> None:
    """A graph that was only rebuilt in part takes no load before it is whole."""
    if session.row(REBUILDING):
        raise LoadError(
            "a rebuild of this graph was cut off, so it holds only a part of the evidence",
            remedy="./footprint rebuild --yes: it begins again and ends with the whole graph",
        )


def _whole_milliseconds(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=now.microsecond // 1000 * 1000) + timedelta(0)
