"""Writers and consumers killed at any point: every event takes effect once, and in order."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.settings import ROOT

KILLS = int(os.environ.get("FOOTPRINT_TEST_KILLS", "4"))
WRITTEN = """
MATCH (event:Event) WHERE event.feed_epoch = 1
RETURN event.sequence AS sequence, event.subject AS subject, event.payload AS payload
ORDER BY sequence
"""
LEFT_HALF = """
MATCH (signal:Signal)
OPTIONAL MATCH (event:Event {subject: 'Signal/' + signal.id})
WITH signal, count(event) AS events WHERE events <> signal.steps
RETURN signal.id AS signal_id
"""


@pytest.mark.timeout(300 + 60 * KILLS)
def test_every_event_takes_effect_once(
    served: str, batches: BatchSession, server: Server, tmp_path: Path
) -> None:
    chance = random.Random(KILLS)
    file, program = tmp_path / "consumer.db", tmp_path / "follow.py"
    program.write_text(_documented())

    def consumer() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(program), served, "signals", str(file)])

    def writer() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.api.feeds.steps", json.dumps(asdict(server))]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    following = consumer()
    _until(lambda: _journal(file) == [])  # it has taken its snapshot before anything was written
    for number in range(KILLS):
        writers = [writer() for _ in range(2)]
        for one in writers:
            assert one.stdout
            assert one.stdout.readline() == b"writes\n"
        time.sleep(chance.random() * 2)
        if number % 2:
            _kill(following)
            following = consumer()
        for one in writers:
            _kill(one)
    written = batches.rows(WRITTEN)
    try:
        _until(lambda: len(_journal(file)) >= len(written))
    finally:
        _kill(following)

    assert len(written) > KILLS
    assert [sequence for sequence, _, _ in written] == list(range(1, len(written) + 1))
    assert _journal(file) == [(subject, json.loads(told)) for _, subject, told in written]
    assert batches.rows(LEFT_HALF) == []


def _documented() -> str:
    found = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "feeds.md").read_text(), re.DOTALL)
    assert found
    return found[1]


def _journal(file: Path) -> list[tuple[str, object]] | None:
    """What took effect; nothing before the consumer has begun."""
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as store:
            if not store.execute("SELECT count(*) FROM place").fetchone()[0]:
                return None
            rows = store.execute("SELECT subject, data FROM journal ORDER BY rowid").fetchall()
    except sqlite3.OperationalError:
        return None
    return [(subject, json.loads(data)) for subject, data in rows]


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
