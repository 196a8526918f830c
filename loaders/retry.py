"""Rejected records tried again after a mapping is mended: the kept payload goes through transform.

A record is tried in a run of mode `retry` that speaks of the day of the delivery which held it, so
facts without dates begin where they would have begun. What several deliveries said of one record is
tried in their order, so the graph comes to say what it would have said had the mapping known from
the start; what is understood takes what was older out of quarantine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import orjson

from graph.connection import BatchSession
from graph.errors import FootprintError
from graph.evidence import Entry, EvidenceStore
from graph.facts import due, quarantine
from graph.facts import run as lifecycle
from graph.facts.load import Batch, Loading, open_loading
from graph.facts.run import Run
from graph.progress import Progress, Task, silent
from graph.statement import read_statement
from loaders.mapping import CONTESTED_PORTION, Mapped, mapped, portions
from loaders.source import RawRecord, Source

BATCH_ROWS = 5_000
WAITING = Path(__file__).with_name("waiting.cypher")


def retry_quarantined(
    source: Source,
    session: BatchSession,
    evidence: EvidenceStore,
    *,
    now: datetime,
    only: str | None = None,
    progress: Progress = silent,
) -> list[Run]:
    """Try a source's rejected records again, one run for each delivery that held some.

    What comes twice with different content is left alone unless it is the `only` one (an item's
    id): which of the two is right is for a person to say.
    """
    ended: list[Run] = []
    # Asked before anything is tried: what loads takes the newer content of its record out too.
    for id, items in session.rows(read_statement(WAITING).text, source=source.name):
        (held,) = lifecycle.runs(session, id=id, limit=1)
        wanted = quarantine.newest_open(session, id, [only]) if only else frozenset(items)
        batches = _batches(evidence, held, wanted, ("rejected", "conflict")[: 2 if only else 1])
        first = next(batches, None)
        if first is None:
            continue
        with progress(f"retrying {source.name} of {held.as_of}", unit="records") as task:
            ended.append(_retry(source, session, evidence, held, now, first, batches, task))
    if ended:
        due.retype_due(session, now.date())
    return ended


def _retry(
    source: Source,
    session: BatchSession,
    evidence: EvidenceStore,
    held: Run,
    now: datetime,
    first: list[Entry],
    further: Iterator[list[Entry]],
    task: Task,
) -> Run:
    loading = open_loading(
        session,
        evidence,
        source.system(),
        mode="retry",
        scope=held.scope,
        as_of=held.as_of,
        now=now,
        guard=0.0,
        files=held.files,
    )
    try:
        entries: list[Entry] | None = first
        while entries:
            batch = Batch()
            batch.count("read", len(entries))
            again = _mapped_again(source, loading, entries, batch)
            for part in portions(batch, again, CONTESTED_PORTION):
                loading.write(loading.keep(part))
                task.update(loading.run.read)
            entries = next(further, None)
        left = loading.run.rejected
        reason = f"retries {held.id}" + (f"; {left} are still not understood" if left else "")
        return loading.finish(complete=not left, reason=reason)
    except BaseException as error:
        loading.fail(error.sentence if isinstance(error, FootprintError) else type(error).__name__)
        raise
    finally:
        lifecycle.drop_lease(session)


def _batches(
    evidence: EvidenceStore, held: Run, wanted: Collection[str], kinds: Collection[str]
) -> Iterator[list[Entry]]:
    """The run's rejected records that waited, in the order of the delivery."""
    waiting: list[Entry] = []
    for entry in evidence.entries(held.source, held.id, rows=held.evidence_rows) if wanted else ():
        if entry.kind in kinds and _item_of(entry) in wanted:
            waiting.append(entry)
        if len(waiting) >= BATCH_ROWS:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _item_of(entry: Entry) -> str:
    return quarantine.item_id(entry.key, entry.content_hash)


def _mapped_again(
    source: Source, loading: Loading, entries: list[Entry], batch: Batch
) -> Iterator[Mapped]:
    changed = loading.changed(
        [entry.key for entry in entries], [entry.content_hash for entry in entries]
    )
    for entry in entries:
        record = as_record(entry)
        if entry.key not in changed:
            batch.count("unchanged")
            continue
        claims = mapped(source, record, batch, entry)
        if claims is not None:
            entry.kind, entry.field, entry.reason, entry.remedy = "version", "", "", ""
            yield entry, claims, changed[entry.key]


def as_record(entry: Entry) -> RawRecord:
    """A row of evidence as the record that the source gave."""
    return RawRecord(
        entry.record_type,
        entry.native_id,
        orjson.loads(entry.payload),
        entry.file,
        entry.line,
        entry.happened_at,
    )
