"""Loads killed in the middle: after the next load all is as if nothing had happened."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.evidence import EvidenceStore
from graph.facts import run as lifecycle
from graph.settings import ROOT

KILLS = int(os.environ.get("FOOTPRINT_TEST_KILLS", "8"))
COMPANIES = 150
BATCH = 15
BEGAN = datetime.fromisoformat("2026-01-01T12:00:00+00:00")

FINGERPRINT = """
CALL {
  MATCH (node:LegalEntity|Name|Identifier|EntityAlias|Judgement|SourceRecord)
  RETURN labels(node)[0] + ' ' + node.id AS place, properties(node) AS held
  UNION ALL
  MATCH (start)-[edge]->(end) WHERE NOT type(edge) IN ['OF', 'READ_IN']
    AND (edge.recorded_from IS NULL OR date(edge.recorded_from) <> date(edge.recorded_to))
  RETURN start.id + ' ' + type(edge) + ' ' + end.id AS place, properties(edge) AS held
  UNION ALL
  MATCH (event:Event) WHERE event.recorded_at > datetime($first)
  RETURN event.type + ' ' + event.subject + toString(date(event.recorded_at)) AS place,
         {} AS held
}
RETURN place, [name IN keys(held) WHERE NOT name IN ['position', 'recorded_at']
               | name + '=' + coalesce(toStringOrNull(held[name]),
                   reduce(listed = '', one IN held[name] | listed + one + ','))] AS held
"""
"""All that is believed for a day or longer; what a killed load knew for an hour is apart."""
HOURS = re.compile(r"(\d{8}|\d{4}-\d\d-\d\d)T[\d:.]+Z")
UNREADABLE = """
MATCH (record:SourceRecord) WHERE COUNT { (record)-[:READ_IN]->(:LoadRun) } <> 1
RETURN record.id
"""
POSITIONS = "MATCH (record:SourceRecord) RETURN record.position, record.key ORDER BY record.key"


def company(number: int, day: int) -> tuple[str, dict[str, Any]]:
    """What the source says of a company on a day: names change, parents move, some vanish."""
    chance = random.Random(f"{number}/{day if (number + day) % 5 == 0 else day - day % 5}")
    begin = f"20{chance.randint(10, 24)}-0{chance.randint(1, 9)}-01"
    parents = [{"of": str(chance.randrange(COMPANIES)), "from": begin, "share": chance.random()}]
    payload = {
        "name": f"Company {number} {chance.randint(1, 3)}",
        "names": [[f"Company {number} {chance.randint(1, 3)}", chance.choice([None, begin]), None]],
        "parents": parents * chance.randint(0, 1),
        "identifiers": [["duns", f"{100_000_007 + number // 2 * 2}"]] if number % 10 < 2 else [],
    }
    return str(number), payload


def delivery(day: int) -> list[tuple[str, dict[str, Any]]]:
    return [company(number, day) for number in range(COMPANIES) if (number + day) % 37]


@dataclass
class Loads:
    """Starts loads in processes of their own."""

    process: subprocess.Popen[str]
    folder: Path
    evidence: Path

    def begin(self, day: int, hour: int, source: str = "toy") -> int:
        path = self.folder / f"{day}.json"
        if not path.exists():
            path.write_text(json.dumps(delivery(day)))
        now = BEGAN + timedelta(days=day, hours=hour)
        order = {"path": str(path), "now": now.isoformat(), "evidence": str(self.evidence)}
        self._say({**order, "source": source, "batch_rows": BATCH})
        return int(self._hear("began")[1])

    def end(self) -> str:
        """How the load ended; empty when it was killed."""
        found = self._hear("ended", "gone")
        if found[0] == "ended":
            self._hear("gone")
            return found[2]
        return ""

    def _say(self, order: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def _hear(self, *words: str) -> list[str]:
        assert self.process.stdout
        while line := self.process.stdout.readline():
            if line.split()[0] in words:
                return line.split()
        raise AssertionError("the process that starts loads is gone")


@pytest.fixture
def start(server: Server, batches: BatchSession, tmp_path: Path) -> Iterator[Callable[[], Loads]]:
    processes: list[subprocess.Popen[str]] = []

    def start(evidence: str = "evidence") -> Loads:
        command = [sys.executable, "-m", "tests.graph.facts.load_children"]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
        processes.append(process)
        loads = Loads(process, tmp_path, tmp_path / evidence)
        loads._say({**asdict(server)})
        loads._hear("ready")
        return loads

    yield start
    for process in processes:
        with process:
            process.kill()


@pytest.fixture
def fingerprint(batches: BatchSession) -> Callable[[], list[str]]:
    def fingerprint() -> list[str]:
        first = (BEGAN + timedelta(hours=23)).isoformat()
        rows = batches.rows(FINGERPRINT, first=first)
        assert batches.rows(UNREADABLE) == []
        return sorted(HOURS.sub(r"\1", f"{place} {sorted(held)}") for place, held in rows)

    return fingerprint


def _wait_until_it_runs(batches: BatchSession, committed: int = 0) -> None:
    """Wait until a load is under way and has committed so many records."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        running = lifecycle.runs(batches, status="RUNNING")
        if running and running[0].loaded + running[0].changed >= committed:
            return
        time.sleep(0.005)
    raise AssertionError("no load began within a minute")


@pytest.mark.timeout(300 + 60 * KILLS)
def test_a_killed_load_is_as_if_it_had_not_been_killed(
    start, batches, emptied, fingerprint, broken
) -> None:
    loads, undisturbed, seconds = start("undisturbed"), [], []
    for day in range(KILLS + 1):
        began = time.monotonic()
        loads.begin(day, 0)
        assert loads.end() == "COMPLETE"
        seconds.append(time.monotonic() - began)
        undisturbed.append(fingerprint())

    emptied()
    loads, chance, killed = start("killed"), random.Random(KILLS), 0
    loads.begin(0, 0)
    loads.end()
    for day in range(1, KILLS + 1):
        process = loads.begin(day, 0)
        _wait_until_it_runs(batches)
        time.sleep(chance.random() * min(seconds) / 2)
        with contextlib.suppress(ProcessLookupError):  # it was faster
            os.kill(process, signal.SIGKILL)
        killed += not loads.end()
        loads.begin(day, 1)
        assert loads.end() == "COMPLETE"
        assert fingerprint() == undisturbed[day], f"after the kill on day {day}"
        assert broken((BEGAN + timedelta(days=day)).date()) == []

    assert killed > KILLS / 2
    store = EvidenceStore(str(loads.evidence))
    rows = batches.rows(POSITIONS)
    for position, key in rows[:: max(1, len(rows) // 20)]:
        assert store.entry(position).key == key
    assert {run.status for run in lifecycle.runs(batches, limit=1000)} <= {"COMPLETE", "FAILED"}


def test_a_killed_first_load_is_finished_by_the_next(start, batches, emptied, fingerprint) -> None:
    loads = start("undisturbed")
    loads.begin(0, 0)
    loads.end()
    whole = fingerprint()
    emptied()

    loads = start("killed")
    process = loads.begin(0, 0)
    _wait_until_it_runs(batches, committed=1)
    os.kill(process, signal.SIGKILL)
    loads.end()
    loads.begin(0, 1)

    assert loads.end() == "COMPLETE"
    assert fingerprint() == whole


def test_two_loads_at_once_wait_for_each_other(start, batches) -> None:
    first, second = start("one"), start("two")
    first.begin(0, 0, "one")
    second.begin(1, 0, "two")

    assert [first.end(), second.end()] == ["COMPLETE", "COMPLETE"]
    found = lifecycle.runs(batches)
    assert sorted(run.loaded for run in found) == sorted(len(delivery(day)) for day in (0, 1))
    spans = batches.rows(
        "MATCH (run:LoadRun) MATCH (event:Event {transaction: run.id}) "
        "RETURN run.id, min(event.sequence), max(event.sequence)"
    )
    assert len(spans) == 2


def test_the_lease_of_a_dead_process_is_taken_over_at_once(start, batches) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    batches.run(
        "CREATE (:Lease {id: 'load', holder: $holder, until_ms: timestamp() + 3600000})",
        holder=f"{socket.gethostname()}/{dead.pid}",
    )
    began = time.monotonic()
    loads = start()
    loads.begin(0, 0)

    assert loads.end() == "COMPLETE"
    assert time.monotonic() - began < 50
