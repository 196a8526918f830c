"""Responses that last, streams and snapshots: they cost nothing once the client is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

import orjson
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from api.feeds.place import Place
from api.feeds.reading import Reader
from api.feeds.seats import Seats
from api.http.problem import Problem, body_of

HEARTBEAT = 15.0
"""Seconds after which an idle stream shows that it lives."""
PATIENCE = 30.0
"""Seconds that a client may take to read what was sent to it."""
AT_ONCE = 100
"""Events read at a time for a stream."""


class Lasting(StreamingResponse):
    """A response that holds a seat, and gives it back however it ends."""

    def __init__(
        self, parts: AsyncGenerator[bytes, None], seats: Seats, media_type: str, **headers: str
    ) -> None:
        super().__init__(
            parts, headers={"Cache-Control": "no-store", **headers}, media_type=media_type
        )
        self._parts = parts
        self._seats = seats
        seats.take()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it until it ends, the client goes, or reads nothing for too long."""

        async def patiently(message: Message) -> None:
            async with asyncio.timeout(PATIENCE):
                await send(message)

        try:
            await super().__call__(scope, receive, patiently)
        except TimeoutError:
            return  # the server closes the connection of an answer that has no end
        finally:
            self._seats.leave()
            await self._parts.aclose()


async def stream(
    reader: Reader, place: Place, again: Callable[[], Awaitable[Reader]]
) -> AsyncGenerator[bytes, None]:
    """Events after a place as server-sent events, each with the cursor after it as its id.

    `again` is asked for the reader before anything is told: a key that was revoked hears no more.
    """
    yield format_sse_event(comment=f"feed {reader.feed.name}")
    try:
        while True:
            page = await reader.page(place, AT_ONCE, wait=HEARTBEAT)
            seen, reader = reader.graph.scope, await again()
            if reader.graph.scope != seen:
                continue  # read once more, through the eyes that it has now
            seal = reader.seal(await reader.watch.head())
            for event in page.events:
                yield format_sse_event(
                    data_str=event.json.decode(), event=event.type, id=seal.cursor(event.place)
                )
            if not page.events:
                yield format_sse_event(comment="still here")
            place = page.after
    except Problem as error:
        yield format_sse_event(data_str=body_of(error).decode(), event="problem")


async def lines(first: object, rest: AsyncIterator[object]) -> AsyncGenerator[bytes, None]:
    """Values as lines of JSON."""
    yield orjson.dumps(first, option=orjson.OPT_APPEND_NEWLINE)
    async for one in rest:
        yield orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE)
