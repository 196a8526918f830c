"""Runs of rules killed in the middle: after the next run all is as if nothing had happened."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.settings import ROOT
from tests.rules.engine.days import build, dawn, day_of, dusk

KILLS = int(os.environ.get("FOOTPRINT_TEST_KILLS", "5"))
HOURS = re.compile(r"(\d{4}-\d\d-\d\d)T[\d:.]+Z")
SIGNALS = """
MATCH (signal:Signal)
RETURN signal.id AS id, [name IN keys(signal) WHERE NOT name IN ['run', 'evidence']
  | name + '=' + coalesce(toStringOrNull(signal[name]),
      reduce(listed = '', one IN signal[name] | listed + one + ','))] AS held,
  COLLECT { MATCH (signal)-[link]->(end) RETURN type(link) + ' ' + end.id } AS links
ORDER BY id
"""
DERIVED = """
MATCH (entity)-[link:IN_FAMILY]->(account)
RETURN entity.id, link.view, link.nearest, link.depth, account.id ORDER BY entity.id, link.view
"""
EVENTS = """
MATCH (event:Event)
RETURN event.sequence, event.type, event.subject, event.payload, toString(date(event.recorded_at))
ORDER BY event.sequence
"""
LEDGER = """
MATCH (run:RuleRun)
WITH run ORDER BY run.started_at
RETURN run.rule, run.valid_on, sum(run.opened), sum(run.cleared), last(collect(run.found)),
       last(collect(run.status)), last(collect(run.reason)), last(collect(run.blind))
ORDER BY run.valid_on, run.rule
"""
UNCONFIRMED = """
MATCH (signal:Signal) WHERE NOT EXISTS { MATCH (run:RuleRun {id: signal.run})
  WHERE run.rule = signal.rule AND run.valid_on = signal.valid_on }
RETURN signal.id
"""
WRITTEN = "MATCH (run:RuleRun) WHERE run.valid_on = $today RETURN count(run) AS written"


@dataclass
class Runs:
    """Starts runs of rules in processes of their own."""

    process: subprocess.Popen[str]

    def begin(self, day: int, hour: int) -> int:
        today = day_of(day)
        now = datetime(today.year, today.month, today.day, hour, tzinfo=UTC)
        self.say({"today": today.isoformat(), "now": now.isoformat()})
        return int(self.hear("began")[1])

    def has_ended(self) -> bool:
        """Whether it ended by itself; waits until it is gone."""
        found = self.hear("ended", "gone")
        if found[0] == "ended":
            self.hear("gone")
        return found[0] == "ended"

    def say(self, order: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def hear(self, *words: str) -> list[str]:
        assert self.process.stdout
        while line := self.process.stdout.readline():
            if line.split()[0] in words:
                return line.split()
        raise AssertionError("the process that starts runs is gone")


@pytest.fixture
def runs(server: Server) -> Iterator[Runs]:
    command = [sys.executable, "-m", "tests.rules.engine.run_children"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        runs = Runs(process)
        runs.say(asdict(server))
        runs.hear("ready")
        yield runs
        process.kill()


@pytest.fixture
def fingerprint(batches: BatchSession) -> Callable[[], dict[str, list[str]]]:
    """Signals with links, the feed, and the ledger of runs, without the hours of the clock."""

    def fingerprint() -> dict[str, list[str]]:
        signals = batches.rows(SIGNALS)
        events = batches.rows(EVENTS)
        assert [row[0] for row in events] == list(range(1, len(events) + 1))
        assert batches.rows(UNCONFIRMED) == []
        return {
            "signals": [_told([id, sorted(held), sorted(links)]) for id, held, links in signals],
            "events": [_told(row[1:]) for row in events],
            "runs": [_told(row) for row in batches.rows(LEDGER)],
            "derived": [_told(row) for row in batches.rows(DERIVED)],
        }

    return fingerprint


def unlike(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, Any]:
    """The first of what one has and the other has not, in both directions; none: their order."""
    return {
        name: [sorted(set(one[name]) - set(held))[:2], sorted(set(held) - set(one[name]))[:2]]
        for name, held in other.items()
        if one[name] != held
    }


def _told(row: Any) -> str:
    return HOURS.sub(r"\1", str(row))


def _wait_until_it_writes(batches: BatchSession, day: int) -> None:
    """Wait until a run has written its first rule."""
    deadline = time.monotonic() + 60
    while not batches.row(WRITTEN, today=day_of(day))[0]:
        assert time.monotonic() < deadline, "no rule was written within a minute"
        time.sleep(0.002)


@pytest.mark.timeout(300 + 60 * KILLS)
def test_a_killed_run_is_as_if_it_had_not_been_killed(runs, batches, emptied, fingerprint) -> None:
    undisturbed, seconds = [], []
    build(batches)
    for day in range(KILLS + 1):
        dawn(batches, day)
        began = time.monotonic()
        runs.begin(day, 7)
        assert runs.has_ended()
        seconds.append(time.monotonic() - began)
        undisturbed.append(fingerprint())
        dusk(batches, day)

    emptied()
    chance, killed = random.Random(KILLS), 0
    build(batches)
    for day in range(KILLS + 1):
        dawn(batches, day)
        if day:
            process = runs.begin(day, 7)
            if day % 2:
                _wait_until_it_writes(batches, day)
                time.sleep(chance.random() * 0.03)
            else:
                time.sleep(chance.random() * min(seconds) / 2)
            with contextlib.suppress(ProcessLookupError):  # it was faster
                os.kill(process, signal.SIGKILL)
            killed += not runs.has_ended()
        runs.begin(day, 7 if day % 3 else 8)
        assert runs.has_ended()
        found = unlike(fingerprint(), undisturbed[day])
        assert found == {}, f"after the kill on day {day}: {found}"
        dusk(batches, day)

    assert killed >= KILLS / 5  # a fast machine ends some runs before they are killed
    assert not [one for day in undisturbed for one in day["runs"] if "FAILED" in one]
    states = {one.split("state=")[1].split("'")[0] for day in undisturbed for one in day["signals"]}
    assert states >= {"open", "candidate", "cleared", "inhibited", "blind", "snoozed", "actioned"}
