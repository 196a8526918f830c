"""Decisions about held runs, which wait for a person because they would close much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from graph.connection import BatchSession
from graph.errors import UsageError
from graph.evidence import EvidenceStore
from graph.facts import approval, due
from graph.facts import run as lifecycle
from graph.facts.run import Run
from loaders.source import find_source


def approve_held(
    session: BatchSession, evidence: EvidenceStore, held: Run, *, now: datetime
) -> Run:
    """Close what a held run found absent, if it still is; the run that did so."""
    with _deciding(session, held):
        source = find_source(held.source).system()
        done = approval.approve(session, evidence, source, held, now)
        due.retype_due(session, now.date())
    return done


def reject_held(session: BatchSession, evidence: EvidenceStore, held: Run, reason: str) -> Run:
    """Leave open what a held run found absent."""
    with _deciding(session, held):
        lifecycle.take_lease(session)
        return approval.reject(session, evidence, held, reason)


@contextmanager
def _deciding(session: BatchSession, held: Run) -> Iterator[None]:
    """UsageError unless the run is held; lets go of the right to write at the end."""
    if held.closing != "held":
        raise UsageError(
            f"run {held.id[:8]} of {held.source} does not wait for approval ({held.closing})",
            remedy="./footprint loads list --held shows those that do",
        )
    try:
        yield
    finally:
        lifecycle.drop_lease(session)
