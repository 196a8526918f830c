"""The receiver in docs/webhooks.md verifies what we deliver, by either key, and nothing else."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from graph.connection import BatchSession
from graph.settings import ROOT
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook
from tests.api.feeds.log import step
from tests.api.served import free_port
from tests.api.webhooks.conftest import SECRET, Delivered, until

IDS = "MATCH (event:Event) RETURN event.id AS id, event.subject AS subject ORDER BY event.sequence"


@pytest.mark.parametrize("key", [SECRET.shared, SECRET.public], ids=["v1", "v1a"])
async def test_the_documented_receiver_takes_each_event_once(
    key: str,
    delivered: Delivered,
    add: Callable[..., Webhook],
    tell: Callable[..., None],
    batches: BatchSession,
    tmp_path: Path,
) -> None:
    port, program, file = free_port(), tmp_path / "receive.py", tmp_path / "my.db"
    program.write_text(_documented())
    command = [sys.executable, str(program), str(port), key, str(file)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            await until(lambda: _listens(port))
            made = add(f"http://127.0.0.1:{port}/")
            tell(step("1", None, "open"), step("2", None, "open"))
            async with delivered():
                await until(lambda: kept.named(batches, made.id).sequence == 2)
                kept.write(batches, _again(kept.named(batches, made.id)))
                await until(lambda: kept.named(batches, made.id).replay_to is None)
            forged = httpx.post(
                f"http://127.0.0.1:{port}/",
                content=b"{}",
                headers={
                    "webhook-id": "1", "webhook-timestamp": "1700000000",
                    "webhook-signature": "v1,AAAA v1a,AAAA",
                },
            )  # fmt: skip
        finally:
            process.terminate()

    with sqlite3.connect(file) as store:
        applied = store.execute("SELECT id, subject FROM applied ORDER BY rowid").fetchall()
    assert applied == batches.rows(IDS)
    assert forged.status_code == 401
    assert len(kept.receipts(batches, made.id, most=10)) == 5  # a handshake, and two events twice


def _again(webhook: Webhook) -> Webhook:
    return replace(webhook, replay_after=0, replay_to=2)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _documented() -> str:
    found = re.search(r"```python\n(.*?)```", (ROOT / "docs/webhooks.md").read_text(), re.DOTALL)
    assert found
    return found[1]
