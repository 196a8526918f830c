"""A reader beside a rule that runs until the sandbox stops it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from corpus import write_register
from loading import load
from measure import Bench, Result

from graph.connection import BatchSession, open_batches
from graph.errors import RuleStopped
from graph.ids import node_id
from graph.sandbox import Limits, Sandbox, open_sandbox

ENTITIES = 50_000
READS = 1_500
HOSTILE = {
    "counting": "UNWIND range(1, 10000000000) AS x RETURN count(x) AS n",
    "collecting": "UNWIND range(1, 10000000000) AS x WITH collect(toString(x)) AS l "
    "RETURN size(l) AS n, l[7] AS m",
    "paths": "MATCH (a:LegalEntity)-[:PARENT_IN*0..64]-(b) WHERE a.id + b.id = '' "
    "RETURN count(b) AS n",
}
"""What keeps a processor, the heap and the store busy; each only ends by a limit."""
READ = """
MATCH (entity:LegalEntity {id: $id})-[:PARENT_IN*0..8]->(above:LegalEntity)
RETURN entity.name AS name, collect(above.id) AS above
"""


def beside_hostile_rules(bench: Bench) -> list[Result]:
    """One company and what is above it, read alone and beside each hostile rule."""
    size = min(ENTITIES, bench.size)
    bench.wipe()
    load(bench, write_register(bench.folder / "sandbox.csv", size))
    ids = [node_id(f"bench:company:{number * 7919 % size}") for number in range(READS)]
    with (
        open_batches(bench.server) as reader,
        open_sandbox(bench.server, Limits(seconds=2.0)) as sandbox,
    ):
        _mean(reader, ids)
        results = []
        for name, cypher in HOSTILE.items():
            before = _mean(reader, ids)
            with _running(sandbox, cypher) as stopped:
                beside = _mean(reader, ids)
            alone = (before + _mean(reader, ids)) / 2
            note = f"stopped {len(stopped)} times"
            what = f"a reader beside a hostile rule ({name})"
            results.append(Result(what, beside, "ms", "alone", alone, 2.0, note=note))
    return results


@contextlib.contextmanager
def _running(sandbox: Sandbox, cypher: str) -> Iterator[list[str]]:
    """A statement that is run again and again; the limits that stopped it."""
    stopped: list[str] = []
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            try:
                sandbox.rows(cypher)
            except RuleStopped as error:
                stopped.append(error.limit)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.5)
    yield stopped
    over.set()
    thread.join()


def _mean(reader: BatchSession, ids: list[str]) -> float:
    """Milliseconds of a read, those that waited for the heap's collection among them."""
    began = time.perf_counter()
    for id in ids:
        if not reader.rows(READ, id=id):
            raise RuntimeError(f"nobody has the id {id}")
    return (time.perf_counter() - began) * 1000 / len(ids)
