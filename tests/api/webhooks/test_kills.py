"""The dispatcher killed at any point: no event is lost, and what comes again has the same id."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connection import BatchSession
from graph.engine import Server
from graph.settings import ROOT
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook
from tests.api.feeds.log import step
from tests.api.webhooks.conftest import KEY, SECRET, until
from tests.api.webhooks.receiver import Receiver, is_by

KILLS = int(os.environ.get("FOOTPRINT_TEST_KILLS", "6"))
IDS = "MATCH (event:Event) RETURN event.id AS id ORDER BY event.sequence"


@pytest.mark.timeout(300 + 30 * KILLS)
async def test_every_event_arrives_in_order_and_repeats_are_known_by_their_id(
    server: Server,
    receiver: Receiver,
    add: Callable[..., Webhook],
    tell: Callable[..., None],
    batches: BatchSession,
    tmp_path: Path,
) -> None:
    chance = random.Random(KILLS)
    webhooks = [add(receiver.address(f"/hook{number}")) for number in range(3)]
    told = 0
    for _ in range(KILLS):
        process = dispatcher(server, tmp_path)
        before = len(receiver.came)
        for _ in range(10):
            tell(*(step(str(told + one), None, "open") for one in range(4)))
            told += 4
        await until(lambda: len(receiver.came) > before, 60)  # noqa: B023
        await asyncio.sleep(chance.random() * 0.6)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    process = dispatcher(server, tmp_path)
    try:
        await until(lambda: all(one.sequence == told for one in kept.webhooks(batches)), 120)
    finally:
        process.terminate()
        process.communicate()

    written = [id for (id,) in batches.rows(IDS)]
    assert len(written) == told == 40 * KILLS
    for webhook in webhooks:
        path = "/" + webhook.address.rpartition("/")[2]
        came = [one.id for one in receiver.events(path)]
        assert list(dict.fromkeys(came)) == written
        assert len(came) - told <= KILLS  # one was under way at each kill
    assert all(is_by(one, SECRET.shared) for one in receiver.came)


def dispatcher(server: Server, folder: Path) -> subprocess.Popen[bytes]:
    """A process that delivers."""
    given = {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
        "FOOTPRINT_STATE_DIR": str(folder),
        "FOOTPRINT_WEBHOOK_KEY": KEY,
        "FOOTPRINT_WEBHOOK_LOCAL": "true",
    }
    command = [sys.executable, "-m", "api.command_line", "webhooks", "deliver"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL)
