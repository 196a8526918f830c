"""The demo: an invented group, loaded by the real loaders, once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.connection import BatchSession, open_batches
from graph.engine import Server, open_server
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.facts.run import Run
from graph.progress import Progress
from graph.schema import ensure_schema
from graph.settings import Settings
from loaders.demo.deliveries import write_deliveries
from loaders.source import find_source
from loaders.sync import Order, sync

ROOT_NAME = "Oskelund Group AB"


def load_demo(settings: Settings, progress: Progress) -> tuple[Server, list[Run]]:
    """Start the database if need be and load what is not loaded yet; the runs, in order."""
    server = open_server(settings, progress=progress)
    evidence = EvidenceStore(settings.evidence_address)
    with open_batches(server) as session:
        with progress("preparing the schema"):
            ensure_schema(session)
        written = write_deliveries(settings.state_dir / "demo")
        runs = [
            _load_once(session, evidence, name, path, day, progress) for name, path, day in written
        ]
    return server, runs


def _load_once(
    session: BatchSession,
    evidence: EvidenceStore,
    name: str,
    path: Path,
    day: Any,
    progress: Progress,
) -> Run:
    done = [
        run
        for run in lifecycle.runs(session, source=name, limit=1000)
        if run.as_of == day and run.status in ("COMPLETE", "PARTIAL") and run.scope == "demo"
    ]
    if done:
        return done[0]
    order = Order(path, day, datetime.now(UTC), full=True, scope="demo")
    return sync(find_source(name), order, session, evidence, progress=progress)
