"""Loads deliveries in processes that may be killed: one JSON order a line, one process a load.

Modules are imported once, in the parent; each load is a fork of it with a driver of its own.
Printed for each order: the number of the process, then how it ended when it ended by itself.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.connection import open_batches
from graph.engine.server import Server
from graph.evidence import EvidenceStore
from loaders.sync import Order, sync
from tests.graph.facts.conftest import ToySource


def load(server: Server, order: dict[str, Any]) -> str:
    """Load one delivery; how the run ended."""
    kind = type("Named", (ToySource,), {"name": order["source"]})
    source = kind(
        [(name, payload) for name, payload in json.loads(Path(order["path"]).read_text())]
    )
    now = datetime.fromisoformat(order["now"])
    asked = Order(Path("toy"), now.date(), now, full=True, batch_rows=order["batch_rows"])
    with open_batches(server) as session:
        return sync(source, asked, session, EvidenceStore(order["evidence"])).status


def main() -> None:
    """Fork a process for every order."""
    given = json.loads(sys.stdin.readline())
    server = Server(**given)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        child = os.fork()
        if not child:
            status = 1
            try:
                print(f"ended {os.getpid()} {load(server, json.loads(line))}", flush=True)  # noqa: T201
                status = 0
            finally:
                os._exit(status)
        print(f"began {child}", flush=True)  # noqa: T201
        os.waitpid(child, 0)
        print(f"gone {child}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
