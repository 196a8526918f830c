"""A person's decision on a held run: close what it found absent, or leave it open."""

from __future__ import annotations

from datetime import datetime

from graph.connection import BatchSession
from graph.errors import FootprintError, LoadError, UsageError
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.facts.ending import end_run
from graph.facts.load import open_loading
from graph.facts.run import Run, SourceSystem


def approve(
    session: BatchSession, evidence: EvidenceStore, source: SourceSystem, held: Run, now: datetime
) -> Run:
    """Close what a held run found absent, if it still is: a person's decision, a run of its own.

    UsageError unless the run is held; LoadError when a later delivery may have met the records.
    """
    _refuse_unless_held(held)
    _refuse_if_met_again(session, held)
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
    entries = evidence.entries(held.source, held.id)
    absent = (
        (entry.key, entry.content_hash, entry.record_type, entry.native_id)
        for entry in entries
        if entry.kind == "held"
    )
    try:
        loading.run.reason = f"approves {held.id}"
        loading.run.closing = "applied"
        loading.close(absent, held.as_of)
        _decide(session, evidence, held, "approved")
        return loading.finish(complete=True, reason=loading.run.reason)
    except FootprintError as error:
        loading.fail(error.sentence)
        raise
    finally:
        lifecycle.drop_lease(session)


def reject(session: BatchSession, evidence: EvidenceStore, held: Run, reason: str) -> Run:
    """Leave open what a held run found absent: a person's decision."""
    _refuse_unless_held(held)
    held.reason = f"{held.reason}; rejected: {reason}"
    return _decide(session, evidence, held, "rejected")


def _refuse_unless_held(held: Run) -> None:
    if held.closing != "held":
        raise UsageError(
            f"run {held.id} waits for nobody: its closing is {held.closing}",
            remedy="./footprint loads list shows the runs that are held",
        )


def _refuse_if_met_again(session: BatchSession, held: Run) -> None:
    """A record met unchanged leaves a count and no trace: any later run may have met these."""
    for run in lifecycle.runs(session, source=held.source, limit=1_000):
        later = run.moment > held.moment and run.scope == held.scope
        if later and run.mode in ("full", "delta") and (run.unchanged or run.status != "COMPLETE"):
            raise LoadError(
                f"run {run.id} of {run.as_of} came later and may have met these records again",
                where=held.id,
                remedy="load the newest full delivery, and approve that run if it is held",
            )


def _decide(session: BatchSession, evidence: EvidenceStore, held: Run, decision: str) -> Run:
    held.closing = decision
    end_run(session, evidence, held)
    return held
