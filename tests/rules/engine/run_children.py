"""Runs rules in processes that may be killed: one JSON order a line, one process a run.

Modules are imported once, in the parent; each run is a fork of it with drivers of its own.
Printed for each order: the number of the process, then that it ended when it ended by itself.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime

from graph.connection import open_batches
from graph.engine.server import Server
from graph.sandbox import Limits
from rules.engine.judged.asking import sandboxed
from rules.engine.runs.run import Order, run_rules
from tests.rules.engine.days import pairs

PAIRS = pairs()
PATIENT = Limits(seconds=60.0)
"""A busy machine is slow to plan: no fault of a rule."""


def run(server: Server, order: dict[str, str]) -> None:
    """Run the rules of the days once."""
    today, now = date.fromisoformat(order["today"]), datetime.fromisoformat(order["now"])
    with open_batches(server) as session, sandboxed(server, limits=PATIENT) as ask:
        run_rules(session, Order(PAIRS, today, now), ask)


def main() -> None:
    """Fork a process for every order."""
    server = Server(**json.loads(sys.stdin.readline()))
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        child = os.fork()
        if not child:
            status = 1
            try:
                run(server, json.loads(line))
                print(f"ended {os.getpid()}", flush=True)  # noqa: T201
                status = 0
            finally:
                os._exit(status)
        print(f"began {child}", flush=True)  # noqa: T201
        os.waitpid(child, 0)
        print(f"gone {child}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
