"""Runs that could not go on, ended with what they committed: nothing lost, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime

from graph.connection import BatchSession
from graph.errors import EvidenceError
from graph.evidence import EvidenceStore
from graph.facts.ending import end_run
from graph.facts.run import Run, runs, save_run


def recover(session: BatchSession, evidence: EvidenceStore) -> list[Run]:
    """End the runs that were cut off, with what they committed; and those half ended."""
    recovered = []
    for run in runs(session, status="RUNNING", limit=1_000):
        reason = "interrupted: the process or the server ended in mid-load"
        recovered.append(end_broken_run(session, evidence, run, reason))
    for run in runs(session, status="FAILED", limit=100):
        if not evidence.has_manifest(run.source, run.id):
            end_run(session, evidence, run)
    return recovered


def end_broken_run(session: BatchSession, evidence: EvidenceStore, run: Run, reason: str) -> Run:
    """End a run that could not go on: FAILED, unless its delivery was whole and it was closing."""
    run.status, run.reason, run.ended_at = "FAILED", reason, datetime.now(UTC)
    if run.closed:
        run.status = "COMPLETE"
        run.reason = f"{reason}; the next full delivery closes what is still to be closed"
    try:
        end_run(session, evidence, run)
    except EvidenceError:  # the store is full or away: the next load makes one file of the parts
        session.write(lambda transaction: save_run(transaction, run))
    return run
