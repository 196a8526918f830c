"""The graph made again from evidence and judgements alone, by the write path that first made it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.connection import BatchSession
from graph.evidence import Entry, EvidenceStore
from graph.facts import due, kept, recovery, replay
from graph.facts import run as lifecycle
from graph.facts.claims import Claims
from graph.facts.load import Batch
from graph.facts.run import Run
from graph.progress import Progress, silent
from loaders.mapping import mapped, rarely_collecting
from loaders.retry import as_record
from loaders.source import Source, find_source


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild did, and where it differs from what the runs once did."""

    runs: int = 0
    rows: int = 0
    deleted: int = 0
    """Nodes that were deleted first."""
    kept: int = 0
    """Judgements and findings that were put back."""
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)


def rebuild(
    session: BatchSession,
    evidence: EvidenceStore,
    *,
    now: datetime,
    find: Callable[[str], Source] = find_source,
    progress: Progress = silent,
) -> Rebuilt:
    """Empty the graph and replay every run in order; EvidenceError before anything is deleted.

    A rebuild that is cut off leaves a graph that takes no load; beginning again makes it whole.
    """
    began = time.monotonic()
    lifecycle.take_lease(session)
    try:
        if not session.row(lifecycle.REBUILDING):
            recovery.recover(session, evidence)
        runs = replay.runs_in_store(session, evidence)
        sources = {name: find(name) for name in sorted({run.source for run in runs})}
        rebuilt = Rebuilt(runs=len(runs))
        replay.begin(session, evidence)
        with progress("emptying the graph", unit="nodes") as task:
            rebuilt.deleted = replay.empty(session, task.update)
        rebuilt.kept = kept.bring_back_nodes(session, evidence)
        for run in runs:
            _replay(session, evidence, sources[run.source], run, rebuilt, progress)
        due.retype_due(session, now.date())
        lost = kept.bring_back_links(session, evidence)
        if lost:
            rebuilt.differences.append(f"{lost} links of findings lead to nothing any more")
        replay.end(session)
    finally:
        lifecycle.drop_lease(session)
    rebuilt.seconds = time.monotonic() - began
    return rebuilt


def rebuild_until(
    moment: datetime,
    session: BatchSession,
    evidence: EvidenceStore,
    *,
    judgements: Sequence[kept.Line] = (),
    find: Callable[[str], Source] = find_source,
    progress: Progress = silent,
) -> Rebuilt:
    """Make in a database beside the real one what was known at a moment; the store is only read.

    What was made so for an earlier moment is gone on with, unless people's judgements have a part
    in it: each may have changed what was loaded before.
    """
    began = time.monotonic()
    runs = [run for run in replay.runs_in_store(session, evidence) if run.moment <= moment]
    there = {run.id for run in lifecycle.runs(session, limit=replay.ALL)}
    rebuilt = Rebuilt()
    is_cut_off = bool(session.row(lifecycle.REBUILDING))
    if there and not (judgements or is_cut_off) and there == {one.id for one in runs[: len(there)]}:
        replay.go_on(session)
    else:
        replay.restart(session)
        rebuilt.deleted, there = replay.empty(session), set()
    rebuilt.kept = kept.write_nodes(session, judgements)
    sources = {name: find(name) for name in sorted({run.source for run in runs})}
    try:
        for run in runs[len(there) :]:
            _replay(session, evidence, sources[run.source], run, rebuilt, progress)
            rebuilt.runs += 1
        replay.end(session)
    finally:
        lifecycle.drop_lease(session)
    rebuilt.seconds = time.monotonic() - began
    return rebuilt


def _replay(
    session: BatchSession,
    evidence: EvidenceStore,
    source: Source,
    run: Run,
    rebuilt: Rebuilt,
    progress: Progress,
) -> None:
    def mapping(entry: Entry, batch: Batch) -> Claims | None:
        return mapped(source, as_record(entry), batch, entry)

    with (
        rarely_collecting(),
        progress(f"replaying {run.source} of {run.as_of}", unit="rows") as task,
    ):
        again = replay.replay(
            session,
            evidence,
            source.system(),
            run,
            mapping,
            lambda done: task.update(done, run.evidence_rows),
        )
    due.retype_due(session, run.moment.date())
    rebuilt.rows += run.evidence_rows
    for name in ("facts_opened", "facts_closed", "closed"):
        before, after = getattr(run, name), getattr(again, name)
        if before != after:
            rebuilt.differences.append(
                f"run {run.id[:8]} of {run.source}: {name} {after:,}, once {before:,}; "
                "its mapping has changed since, or an option of it"
            )
