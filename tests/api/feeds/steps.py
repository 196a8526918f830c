"""Writes steps of signals until it is killed: a node and its events in one transaction."""

from __future__ import annotations

import json
import os
import random
import sys

from graph.connection import Transaction, open_batches
from graph.engine.server import Server
from graph.facts.outbox import append_rows
from tests.api.feeds.log import MOMENT, step

WRITE = """
UNWIND $ids AS id
MERGE (signal:Signal {id: id})
SET signal.state = 'open', signal.steps = coalesce(signal.steps, 0) + 1
"""


def main() -> None:
    """Write for ever."""
    chance = random.Random(os.getpid())
    with open_batches(Server(**json.loads(sys.argv[1]))) as session:
        while True:
            ids = [
                f"{os.getpid()}-{chance.randrange(20)}" for _ in range(chance.choice([1, 3, 50]))
            ]

            def work(transaction: Transaction, ids: list[str] = ids) -> None:
                transaction.run(WRITE, ids=ids).consume()
                rows = [step(one, "open", "open") for one in ids]
                append_rows(transaction, rows, moment=MOMENT, run="test")

            session.write(work)
            print("writes", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
