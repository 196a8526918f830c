"""Comparing and mapping: which records of a batch are new, and what they say."""

from __future__ import annotations

from collections import Counter

from graph.errors import RecordRejected
from graph.evidence import Entry
from graph.facts.claims import Claims
from graph.facts.load import Batch, Loading, Rejection
from loaders.audit import Audit
from loaders.reading import Read
from loaders.source import Ignored, RawRecord, Source, Unreadable


def compare(source: Source, loading: Loading, read: Read, audit: Audit) -> Batch:
    """Sort a batch into new, changed, unchanged, duplicate, ignored and rejected records."""
    batch = Batch()
    batch.count("read", len(read.records))
    records = []
    for item, entry in read.records:
        if isinstance(item, Ignored):
            batch.count("ignored")
        elif isinstance(item, Unreadable):
            reject(batch, entry, "", item.reason, item.remedy, kind="unreadable")
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
            reject(
                batch,
                entry,
                "",
                f"{entry.record_type} {entry.native_id} comes twice with different content",
                "ask the source which is right, remove the other, and load again",
                kind="conflict",
            )
    first = [pair for pair, verdict in zip(records, verdicts, strict=True) if verdict == 0]
    loading.met.update(entry.record_type for _, entry in first)
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
