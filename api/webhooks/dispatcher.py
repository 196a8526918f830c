"""Runs the deliveries to all endpoints, a task for each, while this process holds the lease."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog

from api.feeds.watch import Watch
from api.webhooks.delivering import Delivering
from api.webhooks.posting import Posting, Rules
from graph.connection import BatchSession, ReadSession
from graph.errors import FootprintError
from graph.lease.holding import drop, take
from graph.webhooks.webhook import LEASE, forget_receipts, webhooks

log = structlog.get_logger()
KEPT = timedelta(days=30)
"""How long receipts are kept."""
LEASE_SECONDS = 15
FORGET = 3_600.0
"""Seconds between two looks for receipts that are older."""


class Dispatcher:
    """The deliveries of this process."""

    def __init__(
        self, graph: ReadSession, session: BatchSession, watch: Watch, rules: Rules
    ) -> None:
        self.posting = Posting(session, rules)
        self.running: dict[str, Delivering] = {}
        self._graph = graph
        self._session = session
        self._watch = watch
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._forgot: float | None = None

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                try:
                    await self._look()
                except Exception as error:  # whatever it was, deliveries go on when it is over
                    log.error("webhooks_not_looked_at", reason=repr(error))
                await asyncio.sleep(self.posting.rules.look)
        finally:
            await self._end(*self._tasks)
            await self.posting.close()
            with contextlib.suppress(FootprintError):
                await asyncio.to_thread(
                    drop, self._session, LEASE, holder=self.posting.rules.holder
                )

    async def _look(self) -> None:
        """Keep the lease, and one task for each endpoint that is not disabled."""
        is_ours, _ = await asyncio.to_thread(
            take, self._session, LEASE, holder=self.posting.rules.holder, seconds=LEASE_SECONDS
        )
        if not is_ours:
            await self._end(*self._tasks)
            return
        found = await asyncio.to_thread(webhooks, self._session)
        living = {one.id for one in found if one.state != "disabled"}
        ended = [id for id, task in self._tasks.items() if id not in living or task.done()]
        await self._end(*ended)
        for id in living - self._tasks.keys():
            one = self.running[id] = Delivering(id, self._graph, self._watch, self.posting)
            self._tasks[id] = asyncio.create_task(one.run(), name=f"webhook-{id}")
        if self._forgot is None or time.monotonic() - self._forgot > FORGET:
            self._forgot = time.monotonic()
            before = self.posting.rules.clock() - KEPT
            await asyncio.to_thread(forget_receipts, self._session, before)

    async def _end(self, *ids: str) -> None:
        """End these tasks; a fault of ours in one is logged, and the next look begins it again."""
        tasks = [self._tasks.pop(id) for id in ids]
        for id in ids:
            self.running.pop(id, None)
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                log.error("webhook_failed", reason=repr(ended))


@contextlib.asynccontextmanager
async def dispatching(
    graph: ReadSession, session: BatchSession, watch: Watch, rules: Rules | None
) -> AsyncIterator[Dispatcher | None]:
    """Deliver by these rules meanwhile; without rules, nothing."""
    if rules is None:
        yield None
        return
    dispatcher = Dispatcher(graph, session, watch, rules)
    task = asyncio.create_task(dispatcher.run(), name="webhooks")
    try:
        yield dispatcher
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
