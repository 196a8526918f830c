"""The write path as a loader sees it: open, ask what changed, write, finish."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from graph.connection import BatchSession, Transaction
from graph.errors import FootprintError
from graph.evidence import Entry, EvidenceStore, EvidenceWriter, KeptEvidence
from graph.facts import closing, quarantine, recovery, statements
from graph.facts import run as lifecycle
from graph.facts.batch import RecordVersion, Writing, Written, write_batch
from graph.facts.claims import Claims
from graph.facts.ending import end_run
from graph.facts.known import Known
from graph.facts.precedence import adopt, read_precedence
from graph.facts.quarantine import Quarantined, Rejection
from graph.facts.run import Run, SourceSystem
from graph.facts.seen import Seen, marks_of, numbers_of

CLOSE_BATCH = 1_000
SHOWN_WARNINGS = 20

READ_ALIASES = """
MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->(entity)
RETURN collect(alias.id) AS retired, collect(entity.id) AS standing
"""
HAS_RECORDS = "RETURN EXISTS { (:SourceRecord {system: $system}) } AS there"


@dataclass(slots=True)
class Batch:
    """Records to write together, and what else was read beside them."""

    versions: list[tuple[Entry, Claims, str]] = field(default_factory=list)
    """New evidence, what it says, and the version it supersedes ('' for none)."""
    rejections: list[Rejection] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, by: int = 1) -> None:
        """Count records under one of the run's counts."""
        self.counts[name] = self.counts.get(name, 0) + by


@dataclass(slots=True)
class KeptBatch:
    """A batch whose evidence is on disk, to be written to the graph."""

    versions: list[RecordVersion]
    items: list[Quarantined]
    rejections: list[Rejection]
    counts: dict[str, int]
    rows: int
    """Rows of the run's evidence up to this batch."""


class Loading:
    """One load run under way; only one process loads into a graph at a time."""

    def __init__(
        self,
        session: BatchSession,
        evidence: EvidenceStore,
        run: Run,
        guard: float,
        kept: EvidenceWriter | None = None,
    ) -> None:
        self.session = session
        self.evidence = evidence
        self.run = run
        self.guard = guard
        self.seen = Seen()
        self.met: Counter[str] = Counter()
        """Different records met, by type."""
        self.known = Known(session, evidence, run.source)
        self.fresh = not session.row(HAS_RECORDS, system=run.source)[0]
        retired, standing = session.row(READ_ALIASES)
        self.writing = Writing(
            run=run.id,
            system=run.source,
            scope=run.scope,
            moment=run.moment,
            as_of=run.as_of,
            today=run.moment.date(),
            precedence=read_precedence(session),
            aliases=dict(zip(retired, standing, strict=True)),
            quiet=self.fresh or kept is not None,
        )
        self._evidence = kept or evidence.writer(run.source, run.id)
        self._quarantined = quarantine.open_items(session, run.source)
        self._rejected: set[str] = set()
        """Items that this run has put in quarantine, or is about to."""
        self._renewed = time.monotonic()
        self._ended = False

    def changed(self, keys: list[str], hashes: list[str]) -> dict[str, str]:
        """The records whose content the graph does not have -> the version they supersede."""
        if self.fresh or not keys:
            return dict.fromkeys(keys, "")
        rows = [list(pair) for pair in zip(keys, hashes, strict=True)]
        found, versions = self.session.row(statements.CHANGED_RECORDS, rows=rows)
        changed = dict(zip(found, versions, strict=True))
        same = [pair for pair in rows if pair[0] not in changed]
        self.known.confirm(numbers_of([key for key, _ in same]), marks_of([of for _, of in same]))
        return changed

    def keep(self, batch: Batch) -> KeptBatch:
        """Put a batch's evidence on disk, in order; while that is done, another may be written."""
        new = [one for one in batch.rejections if one.id not in self._rejected]
        new = quarantine.not_yet_kept(self.session, new)
        self._rejected.update(one.id for one in new)
        entries = [entry for entry, _, _ in batch.versions]
        positions = self._evidence.append([*entries, *(one.entry for one in new)])
        versions = [
            RecordVersion(entry, claims, position, previous)
            for (entry, claims, previous), position in zip(batch.versions, positions, strict=False)
        ]
        items = [
            one.item(self.run, position)
            for one, position in zip(new, positions[len(entries) :], strict=True)
        ]
        return KeptBatch(versions, items, batch.rejections, batch.counts, self._evidence.rows)

    def write(self, batch: KeptBatch) -> Written:
        """Write one batch to the graph in one transaction."""
        after = copy(self.run)
        for name, by in batch.counts.items():
            setattr(after, name, getattr(after, name) + by)
        after.evidence_rows = batch.rows
        if not batch.versions and not batch.items:
            return self._only_counted(after)
        keys = [version.entry.key for version in batch.versions]

        def work(transaction: Transaction) -> tuple[Run, Written]:
            run = copy(after)
            lifecycle.renew_lease(transaction)
            self.known.doubt(transaction)
            written = write_batch(transaction, self.writing, batch.versions)
            if self._quarantined and keys:
                quarantine.resolve(transaction, keys)
            quarantine.keep(transaction, run, batch.items)
            run.facts_opened += written.facts_opened
            run.facts_closed += written.facts_closed
            run.warnings = [*run.warnings, *written.warnings][:SHOWN_WARNINGS]
            lifecycle.save_run(transaction, run)
            return run, written

        self.run, written = self.session.write(work)
        self.known.doubted()
        self.known.drop(numbers_of([one.entry.key for one in batch.rejections]))
        self.known.confirm(
            numbers_of(keys),
            marks_of([version.entry.content_hash for version in batch.versions]),
        )
        self.writing.aliases.update(written.aliases)
        for retired, standing in self.writing.aliases.items():
            self.writing.aliases[retired] = written.aliases.get(standing, standing)
        self._quarantined += len(batch.items)
        return written

    def _only_counted(self, after: Run) -> Written:
        """A batch in which nothing is new writes nothing; the run keeps its place."""
        self.run = after
        if time.monotonic() - self._renewed > lifecycle.LEASE_SECONDS / 4:
            self.session.write(lifecycle.renew_lease)
            self._renewed = time.monotonic()
        return Written()

    def finish(self, *, complete: bool, reason: str = "") -> Run:
        """End the run: COMPLETE (and only then closing what is absent) or PARTIAL."""
        self.run.reason = reason
        if complete and self.run.mode == "full":
            self._close()
        self.run.status = "COMPLETE" if complete else "PARTIAL"
        self.run.ended_at = datetime.now(UTC)
        end_run(self.session, self.evidence, self.run)
        self._ended = True
        self.known.keep(self.session, self.run.id)
        return self.run

    def fail(self, reason: str) -> Run:
        """End the run as FAILED, unless it has ended; what it committed stays."""
        if self._ended:
            return self.run
        (committed,) = lifecycle.runs(self.session, id=self.run.id, limit=1)
        if committed.evidence_rows > self.run.evidence_rows:
            self.run = committed  # a commit was done, and only its answer was lost
        recovery.end_broken_run(self.session, self.evidence, self.run, reason)
        self._ended = True
        return self.run

    def _close(self) -> None:
        current = closing.current_records(self.session, self.run)
        met = sum(self.met[record_type] for record_type in self.run.record_types)
        self.run.absent = max(0, current - met)
        if not self.run.absent:
            return
        absent = closing.absent_records(self.session, self.run, self.seen)
        if self.run.absent > self.guard * current:
            self._hold(absent, current)
            return
        self.run.closing = "applied"
        self.close(absent, self.run.as_of)

    def _hold(self, absent: Iterator[tuple[str, str, str, str]], current: int) -> None:
        self.run.closing = "held"
        self.run.reason = (
            f"{self.run.absent} of {current} records in scope are absent, more than the guard of "
            f"{self.guard:.0%}: nothing was closed; ./footprint loads approve {self.run.id[:8]}"
        )
        for page in closing.pages(absent, closing.PAGE):
            self._evidence.append([_absence(one, "held") for one in page])
        self.run.evidence_rows = self._evidence.rows

    def close(self, absent: Iterator[tuple[str, str, str, str]], effective: date) -> None:
        """End absent records and what they stated, in batches; their absence is evidence too."""
        for page in closing.pages(absent, CLOSE_BATCH):
            self._evidence.append([_absence(one, "absent") for one in page])
            after = copy(self.run)
            after.evidence_rows = self._evidence.rows

            def work(
                transaction: Transaction,
                page: list[tuple[str, str, str, str]] = page,
                after: Run = after,
            ) -> Run:
                run = copy(after)
                lifecycle.renew_lease(transaction)
                self.known.doubt(transaction)
                records, opened, closed = closing.close_records(
                    transaction, self.writing, [(one[0], one[1]) for one in page], effective
                )
                run.closed += records
                run.facts_opened += opened
                run.facts_closed += closed
                lifecycle.save_run(transaction, run)
                return run

            self.run = self.session.write(work)
            self.known.doubted()
            self.known.drop(numbers_of([one[0] for one in page]))


def _absence(absent: tuple[str, str, str, str], kind: str) -> Entry:
    key, version, record_type, native_id = absent
    return Entry(kind, record_type, native_id, key, content_hash=version)


def open_loading(
    session: BatchSession,
    evidence: EvidenceStore,
    source: SourceSystem,
    *,
    mode: str,
    scope: str,
    as_of: date,
    now: datetime,
    guard: float,
    files: list[str] | None = None,
    replayed: Run | None = None,
) -> Loading:
    """Take the lease, end what was cut off before, and begin a run."""
    lifecycle.take_lease(session)
    try:
        if not replayed:
            lifecycle.refuse_after_a_broken_rebuild(session)
            recovery.recover(session, evidence)
            if mode in ("full", "delta"):
                lifecycle.refuse_an_older_delivery(session, source.id, scope, as_of)
        run = lifecycle.open_run(
            session,
            source,
            mode=mode,
            scope=scope,
            as_of=as_of,
            now=now,
            files=files,
            replayed=replayed,
        )
        kept = KeptEvidence(evidence, source.id, run.id) if replayed else None
        loading = Loading(session, evidence, run, guard, kept)
        adopt(session, loading.writing, source)
        return loading
    except FootprintError:
        lifecycle.drop_lease(session)
        raise
