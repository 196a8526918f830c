"""Deliveries in this process, to a receiver on this machine, from a log that tests write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from api.feeds.watch import Watch
from api.webhooks.dispatcher import Dispatcher, dispatching
from api.webhooks.posting import Rules
from api.webhooks.signing import Safe, Secret
from graph.access.enrolled import enrol, find_principal
from graph.access.principal import Role
from graph.connection import BatchSession, open_reads
from graph.engine import Server
from graph.facts.outbox import begin
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook
from tests.api.webhooks.receiver import Delivery, Receiver, receiving

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
KEY = Fernet.generate_key().decode()
SAFE = Safe([KEY])
SECRET = Secret.mint()


class Clock:
    """The clock of deliveries: it goes on as all do, and may be set ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
def add(batches: BatchSession) -> Callable[..., Webhook]:
    """Register an endpoint: `add(address, feed="signals", state="active")`."""
    begin(batches)

    def add(address: str, **given: Any) -> Webhook:
        leader = find_principal(batches, "Lea") or enrol(batches, "Lea", Role.leader, now=NOW)
        epoch, sequence, _ = kept.head(batches)
        said: dict[str, Any] = {
            "id": str(uuid4()),
            "feed": "signals",
            "principal": leader,
            "state": "new",
            "reason": "REGISTERED",
            "secret": SAFE.seal(SECRET),
            "handshake": str(uuid4()),
            "feed_epoch": epoch,
            "sequence": sequence,
            "created_at": NOW,
        }
        made = Webhook(address=address, **said | given)
        assert kept.write(batches, made)
        return made

    return add


Delivered = Callable[..., AbstractAsyncContextManager[Dispatcher]]


@pytest.fixture
def delivered(empty_graph: Server, batches: BatchSession, clock: Clock) -> Delivered:
    """Deliver meanwhile: `async with delivered() as dispatcher`."""

    @asynccontextmanager
    async def delivered(**given: Any) -> AsyncIterator[Dispatcher]:
        said: dict[str, Any] = {
            "safe": SAFE, "base": "https://footprint.example", "is_local_allowed": True,
            "patience": 2.0, "idle": 0.1, "look": 0.1, "clock": clock, "chance": lambda: 0.0,
        }  # fmt: skip
        async with open_reads(empty_graph) as graph:
            watch = Watch(graph)
            rules = Rules(**said | given)
            async with dispatching(graph, batches, watch, rules) as dispatcher:
                assert dispatcher
                yield dispatcher
            await watch.close()

    return delivered


IDS = "MATCH (event:Event) RETURN event.id AS id ORDER BY event.sequence"
Add = Callable[..., Webhook]
Tell = Callable[..., None]


def written(batches: BatchSession) -> list[str]:
    """Ids of all events, in their order."""
    return [id for (id,) in batches.rows(IDS)]


def ids(deliveries: Sequence[Delivery]) -> list[str]:
    """Ids under which events were delivered."""
    return [one.id for one in deliveries]


def now_of(batches: BatchSession, webhook: Webhook) -> Webhook:
    """The endpoint as it is kept now."""
    return kept.named(batches, webhook.id)


async def until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
