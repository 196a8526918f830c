"""One task looks at the head of the feed and wakes all who wait, however many they are."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import structlog

from api.feeds.place import Place
from api.http.problem import Problem
from graph.connection import ReadSession
from graph.errors import EngineError
from queries.feed.feed_head import FeedHead, feed_head

log = structlog.get_logger()
EVERY = 0.25
"""Seconds between two looks while somebody waits."""
AGE = 0.1
"""Seconds for which a look serves all who ask."""


class Watch:
    """The head of the feed, looked at once for many readers; never while nobody asks."""

    def __init__(self, graph: ReadSession) -> None:
        self._graph = graph
        self._head: FeedHead | None = None
        self._looked = 0.0
        self._looking = asyncio.Lock()
        self._moved = asyncio.Event()
        self._waiting = 0
        self._task: asyncio.Task[None] | None = None

    async def head(self, *, age: float = AGE) -> FeedHead:
        """The head as it was at most so many seconds ago; Problem before there is any."""
        async with self._looking:
            if self._head is None or time.monotonic() - self._looked > age:
                await self._look()
        if self._head is None or not self._head.cursor_key:
            raise Problem(
                503,
                "FEED_NOT_BEGUN",
                "nothing was ever loaded into this graph",
                headers={"Retry-After": "30"},
            )
        return self._head

    async def moves_beyond(self, place: Place, seconds: float) -> bool:
        """Whether the log goes beyond a place within some seconds; waits until it does."""
        async with self._wakened():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(seconds, 0)):
                    while self._place() == place:
                        await self._moved.wait()
        return self._place() != place

    async def close(self) -> None:
        """End the task."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.asynccontextmanager
    async def _wakened(self) -> AsyncIterator[None]:
        self._waiting += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_looking())
        try:
            yield
        finally:
            self._waiting -= 1

    async def _keep_looking(self) -> None:
        while self._waiting:
            try:
                async with self._looking:
                    await self._look()
            except EngineError as error:
                log.warning("feed_head_not_read", reason=error.what)
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        before = self._place()
        found = await feed_head(self._graph)
        self._head = found[0] if found else None
        self._looked = time.monotonic()
        if self._place() != before:
            self._moved.set()
            self._moved = asyncio.Event()

    def _place(self) -> Place:
        head = self._head
        return Place(head.feed_epoch, head.sequence) if head else Place(0, 0)
