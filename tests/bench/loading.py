"""Loading against the bare engine: the first load, the same again, a small delta, size, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import bare
from corpus import FANOUT, write_register
from measure import Bench, Result, timed

HERE = Path(__file__).parent


def load(
    bench: Bench, path: Path, *, as_of: str = "2026-01-01", full: bool = False
) -> dict[str, Any]:
    """One delivery through the real loop, in a process of its own."""
    environment = {
        **os.environ,
        "NEO4J_URI": bench.server.uri,
        "NEO4J_USERNAME": bench.server.username,
        "NEO4J_PASSWORD": bench.server.password,
    }
    command = [sys.executable, str(HERE / "child_load.py"), str(path)]
    command += [str(bench.folder / "evidence"), as_of, "full" if full else "delta"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def bare_load(bench: Bench, size: int) -> float:
    """Seconds of the hand-tuned statements into an empty graph."""
    nodes, facts = bare.rows_of(0, size), bare.facts_of(0, size)
    bench.wipe()
    bench.settle()
    with timed() as clock:
        bare.write(bench.driver, nodes, facts)
    return clock.seconds


def warm(bench: Bench) -> None:
    """Let the server compile what both sides run, so that neither pays for it."""
    size = min(60_000, bench.size)
    bare_load(bench, size)
    bench.wipe()
    load(bench, write_register(bench.folder / "warm.csv", size))


def first_load(bench: Bench) -> list[Result]:
    """A first load with evidence, beside statements that write the same."""
    warm(bench)
    beside = bare_load(bench, bench.size)
    path = write_register(bench.folder / "register.csv", bench.size)
    bench.wipe()
    bench.settle()
    ours = load(bench, path)
    bench.kept["loaded"] = path
    note = f"{2 * bench.size / ours['seconds']:,.0f} entities and facts a second"
    return [
        Result(
            f"load {bench.size:,} entities and parent facts",
            ours["seconds"],
            "s",
            "UNWIND MERGE",
            beside,
            1.3,
            note=note,
        ),
        Result("memory of that load", ours["megabytes"], "MB", "limit", 0, 400),
    ]


def load_again(bench: Bench) -> list[Result]:
    """The same input again, beside a blind MERGE and SET of it."""
    path = bench.kept.get("loaded") or write_register(bench.folder / "register.csv", bench.size)
    bench.wipe()
    load(bench, path)
    again = load(bench, path, full=True)
    nodes, facts = bare.rows_of(0, bench.size), bare.facts_of(0, bench.size)
    bench.wipe()
    bare.write(bench.driver, nodes, facts)
    with timed() as clock:
        bare.write(bench.driver, nodes, facts)
    written = again["facts_opened"] + again["facts_closed"] + again["changed"] + again["loaded"]
    return [
        Result(
            "load the same again",
            again["seconds"],
            "s",
            "blind MERGE and SET",
            clock.seconds,
            0.2,
            note=again["reason"],
        ),
        Result("facts written by that", written, "facts", "limit", 0, 0),
    ]


def load_delta(bench: Bench) -> list[Result]:
    """A delta of 1%, alone and inside a whole delivery, beside loading everything."""
    path = write_register(bench.folder / "register.csv", bench.size)
    bench.wipe()
    whole = load(bench, path)
    changed = write_register(bench.folder / "changed.csv", bench.size, changed=0.01)
    lines = changed.read_text().splitlines()
    before = set(path.read_text().splitlines())
    small = bench.folder / "delta.csv"
    small.write_text("\n".join([lines[0], *(line for line in lines if line not in before)]) + "\n")
    delta = load(bench, small, as_of="2026-01-02")
    note = f"{delta['changed']:,} changed in {delta['seconds']:.2f} s"
    return [
        Result(
            "a delta of 1%",
            delta["seconds"],
            "s",
            "the first load",
            whole["seconds"],
            0.1,
            note=note,
        ),
    ]


def linear(bench: Bench) -> list[Result]:
    """Time and memory from one size to five times that."""
    figures = []
    for size in (bench.size, 5 * bench.size):
        path = write_register(bench.folder / f"register-{size}.csv", size)
        bench.wipe()
        bench.settle()
        figures.append(load(bench, path))
    bench.kept["in the graph"] = 5 * bench.size
    small, large = figures
    return [
        Result(
            "time of five times the records, over five",
            large["seconds"] / 5,
            "s",
            "one time",
            small["seconds"],
            1.15,
        ),
        Result(
            "memory of five times the records",
            large["megabytes"],
            "MB",
            "limit",
            0,
            400,
            note=f"{small['megabytes']:.0f} MB for one time",
        ),
    ]


def neomodel_bulk(bench: Bench) -> list[Result]:
    """neomodel's own bulk calls on a sample, by the rate."""
    from neomodel import config, db

    from graph.model.party import LegalEntity

    size = min(5_000, bench.size)
    host = bench.server.uri.removeprefix("bolt://")
    config.DATABASE_URL = f"bolt://{bench.server.username}:{bench.server.password}@{host}"
    bench.wipe()
    nodes = [
        {
            "id": row[0],
            "reference": row[1],
            "name": row[3],
            "jurisdiction": row[4],
            "legal_form": row[5],
            "status": row[6],
        }
        for row in bare.rows_of(0, size)
    ]
    with timed() as clock:
        entities = LegalEntity.create_or_update(*nodes)
        with db.transaction:
            for number in range(1, size):
                parent = entities[(number - 1) // FANOUT]
                entities[number].parent_in.connect(parent, {"view": "legal"})
    theirs = clock.seconds / size
    path = write_register(bench.folder / "sample.csv", bench.size)
    bench.wipe()
    ours = load(bench, path)["seconds"] / bench.size
    return [
        Result(
            "neomodel's bulk calls",
            theirs * 1e6,
            "us a record",
            "ours",
            ours * 1e6,
            5.0,
            better="higher",
            note=f"neomodel on {size:,} records, without evidence",
        ),
    ]
