"""A person's decision on a held run: close what it found absent, or leave it open."""

from __future__ import annotations

from datetime import datetime

from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.facts.load import open_loading
from graph.facts.run import Run, SourceSystem


def approve(
    session: BatchSession, evidence: EvidenceStore, source: SourceSystem, held: Run, now: datetime
) -> Run:
    """Close what a held run found absent, if it still is: a person's decision, a run of its own."""
    loading = open_loading(
        session,
        evidence,
        source,
        mode="approval",
        scope=held.scope,
        as_of=held.as_of,
        now=now,
        guard=1.0,
    )
    loading.run.reason = f"approves {held.id}"
    entries = evidence.entries(held.source, held.id)
    absent = (
        (entry.key, entry.content_hash, entry.record_type, entry.native_id)
        for entry in entries
        if entry.kind == "held"
    )
    loading.run.closing = "applied"
    loading.close(absent, held.as_of)
    _decide(session, evidence, held, "approved")
    return loading.finish(complete=True, reason=loading.run.reason)


def reject(session: BatchSession, evidence: EvidenceStore, held: Run, reason: str) -> Run:
    """Leave open what a held run found absent: a person's decision."""
    held.reason = f"{held.reason}; rejected: {reason}"
    return _decide(session, evidence, held, "rejected")


def _decide(session: BatchSession, evidence: EvidenceStore, held: Run, decision: str) -> Run:
    held.closing = decision
    lifecycle.end_run(session, evidence, held)
    return held
