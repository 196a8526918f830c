"""A graph made anew from evidence: emptied in batches, then every run's evidence written again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.connection import BatchSession, Transaction
from graph.errors import EvidenceError
from graph.evidence import Entry, EvidenceStore
from graph.facts import kept
from graph.facts import run as lifecycle
from graph.facts.claims import Claims
from graph.facts.linking import BY_IDENTIFIER
from graph.facts.load import Batch, Loading, open_loading
from graph.facts.quarantine import Rejection
from graph.facts.run import Run, SourceSystem
from graph.model.catalogue import LABELS

BATCH = 10_000
ALL = 10_000_000
"""More load runs than there are."""
REJECTED = ("rejected", "unreadable", "conflict")

MARK = "MATCH (head:FeedHead {id: 'feed'}) SET head.rebuilding = $rebuilding"
BEGIN = """
MERGE (head:FeedHead {id: 'feed'})
SET head.rebuilding = true, head.feed_epoch = coalesce(head.feed_epoch, 0) + 1,
    head.sequence = 0, head.forgotten = null, head.moment = null, head.retyped_on = null
"""
TYPES = "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType ORDER BY 1"
DELETE_LINKS = (
    "MATCH ()-[link:`{type}`]->() WITH link LIMIT $batch DELETE link RETURN count(*) AS deleted"
)
DELETE_NODES = (
    "MATCH (node:{label}) WHERE {which} WITH node LIMIT $batch "
    "DETACH DELETE node RETURN count(*) AS deleted"
)

Mapping = Callable[[Entry, Batch], Claims | None]
"""What one kept record says now; None when it was put among the batch's rejections."""


def runs_in_store(session: BatchSession, evidence: EvidenceStore) -> list[Run]:
    """Every run whose evidence is kept, oldest first; EvidenceError unless it is all there."""
    runs = [lifecycle.as_run(manifest) for manifest in evidence.manifests()]
    if not runs:
        raise EvidenceError(
            "the evidence store holds no load run, so nothing can be made of it",
            where=evidence.address,
            remedy="set FOOTPRINT_EVIDENCE to where the evidence is; the graph was left as it is",
        )
    stored = {run.id for run in runs}
    for run in lifecycle.runs(session, limit=ALL):
        if run.id not in stored:
            raise EvidenceError(
                f"the store lacks run {run.id} of {run.source}, which the graph holds",
                where=evidence.address,
                remedy="restore it from its copy; the graph was left as it is",
            )
    for run in runs:
        rows = evidence.rows(run.source, run.id) if run.evidence_rows else 0
        if rows < run.evidence_rows:
            raise EvidenceError(
                f"the store holds {rows} of {run.evidence_rows} rows of run {run.id}",
                where=evidence.folder(run.source, run.id),
                remedy="restore it from its copy; the graph was left as it is",
            )
    return runs


def begin(session: BatchSession, evidence: EvidenceStore) -> None:
    """Put aside what no evidence tells of, and mark the graph as being made anew."""
    begun_before = bool(session.row(lifecycle.REBUILDING))
    if not begun_before and lifecycle.runs(session, limit=1):
        kept.put_aside(session, evidence)
    restart(session)


def restart(session: BatchSession) -> None:
    """Mark the graph as being made anew, from nothing: its clock and its feed begin again."""
    session.run(BEGIN)


def go_on(session: BatchSession) -> None:
    """Mark the graph as being made anew, after what it holds."""
    session.run(MARK, rebuilding=True)


def empty(session: BatchSession, show: Callable[[int], None] = lambda deleted: None) -> int:
    """Delete all that evidence tells of, in batches; how many nodes. Schema and findings stay."""
    for (link,) in session.rows(TYPES):
        while _deleted(session, DELETE_LINKS.format(type=link)):
            pass
    total = 0
    stays = {*kept.FINDINGS, *(name for name, one in LABELS.items() if one.plumbing)}
    for label in ["Quarantined", *(name for name in LABELS if name not in stays)]:
        which = f"node.decided_by = '{BY_IDENTIFIER}'" if label == "Judgement" else "true"
        while deleted := _deleted(session, DELETE_NODES.format(label=label, which=which)):
            total += deleted
            show(total)
    return total


def replay(
    session: BatchSession,
    evidence: EvidenceStore,
    source: SourceSystem,
    run: Run,
    mapping: Mapping,
    show: Callable[[int], None] = lambda rows: None,
) -> Run:
    """Write one run's evidence again, at its own moment and day; the run as this replay went.

    The run in the graph has the counts that it had: what was read and found unchanged, and
    whether its closings were approved, is known from its manifest alone.
    """
    loading = open_loading(
        session,
        evidence,
        source,
        mode=run.mode,
        scope=run.scope,
        as_of=run.as_of,
        now=run.moment,
        guard=1.0,
        replayed=replace(run, facts_opened=0, facts_closed=0, closed=0, warnings=[]),
    )
    for part in evidence.parts(run.source, run.id, rows=run.evidence_rows):
        batch = _batch(loading, part, mapping)
        if batch.versions or batch.rejections:
            loading.write(loading.keep(batch))
        loading.close(
            (
                (entry.key, entry.content_hash, entry.record_type, entry.native_id)
                for entry in part
                if entry.kind == "absent"
            ),
            run.as_of,
        )
        show(part[-1].row + 1)
    session.write(lambda transaction: lifecycle.save_run(transaction, run))
    return loading.run


def end(session: BatchSession) -> None:
    """Mark the graph as whole again."""
    session.run(MARK, rebuilding=None)


def _batch(loading: Loading, part: list[Entry], mapping: Mapping) -> Batch:
    rejected = [
        Rejection(entry, entry.field, entry.reason, entry.remedy)
        for entry in part
        if entry.kind in REJECTED
    ]
    batch = Batch(rejections=rejected)
    entries = [entry for entry in part if entry.kind == "version"]
    changed = loading.changed(
        [entry.key for entry in entries], [entry.content_hash for entry in entries]
    )
    for entry in entries:
        claims = mapping(entry, batch)
        if claims is not None and entry.key in changed:
            batch.versions.append((entry, claims, changed[entry.key]))
    batch.counts.clear()  # the run's own counts stand in its manifest
    return batch


def _deleted(session: BatchSession, statement: str) -> int:
    def work(transaction: Transaction) -> int:
        lifecycle.renew_lease(transaction)
        return int(transaction.run(statement, batch=BATCH).single(strict=True)["deleted"])

    return session.write(work)
