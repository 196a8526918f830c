"""Loads one delivery in a process of its own, and prints seconds, memory and counts as JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from corpus import register  # noqa: E402

from graph.connection import open_batches  # noqa: E402
from graph.engine import open_server  # noqa: E402
from graph.evidence import EvidenceStore  # noqa: E402
from graph.settings import read_settings  # noqa: E402
from loaders.sync import Order, sync  # noqa: E402


def peak_megabytes() -> float:
    """This program's own peak; getrusage counts what the parent held when it started us."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(path: str, evidence: str, as_of: str, full: str) -> None:
    """Load and report."""
    server = open_server(read_settings())
    order = Order(
        Path(path), date.fromisoformat(as_of), datetime.now(UTC), full=full == "full", guard=1.0
    )
    with open_batches(server) as session:
        began, used = time.perf_counter(), time.process_time()
        run = sync(register(), order, session, EvidenceStore(evidence))
        seconds, busy = time.perf_counter() - began, time.process_time() - used
    print(  # noqa: T201
        json.dumps(
            {
                "seconds": seconds,
                "python_seconds": busy,
                "megabytes": peak_megabytes(),
                "status": run.status,
                "reason": run.reason,
                "loaded": run.loaded,
                "changed": run.changed,
                "unchanged": run.unchanged,
                "facts_opened": run.facts_opened,
                "facts_closed": run.facts_closed,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
