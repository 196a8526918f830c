"""Feeds over HTTP: pages to poll, streams to listen to, snapshots to begin with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.feeds.lasting import Lasting, lines, stream
from api.feeds.place import snapshot_of
from api.feeds.reading import Page, Reader
from api.feeds.registry import FEEDS, feed_of, schema_of
from api.feeds.seats import Seats
from api.feeds.snapshot import snapshot
from api.feeds.watch import Watch
from api.http.accept import chosen
from api.http.problem import Problem
from graph.connection import ReadSession

BATCH = "application/cloudevents-batch+json"
NDJSON = "application/x-ndjson"
STREAM = "text/event-stream"
OFFERED = (BATCH, "application/json", NDJSON, STREAM)
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}

LIMIT, MOST = 100, 1_000
"""Events of a page, when nothing is said and at most."""
LONGEST_WAIT = 30.0


class Feeds:
    """What all readers of feeds share in this process."""

    def __init__(self, graph: ReadSession) -> None:
        self.watch = Watch(graph)
        self.streams = Seats(400, "streams")
        self.waits = Seats(1_000, "long polls")
        self.snapshots = Seats(16, "snapshots")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a poll asks for."""

    after: str | None
    limit: int
    wait: float


async def index(request: Request) -> Response:
    """The feeds there are."""
    told = [
        {
            "name": feed.name,
            "tells": feed.sentence,
            "events": f"/feeds/{feed.name}",
            "snapshot": snapshot_of(feed.name),
        }
        for feed in FEEDS.values()
    ]
    return Response(orjson.dumps({"feeds": told}), media_type="application/json")


async def feed(request: Request) -> Response:
    """Events after a cursor: a page, or a stream for who accepts one."""
    reader, feeds = await _reader(request)
    media = chosen(request.headers.get("accept", ""), OFFERED)
    asked = _asked(request.query_params)
    if media == STREAM:
        resumed = request.headers.get("last-event-id") or asked.after
        place = await reader.begin(resumed)
        return Lasting(stream(reader, place, lambda: _again(request)), feeds.streams, STREAM)
    place = await reader.begin(asked.after)
    if not asked.wait:
        return await _page(request, reader, await reader.page(place, asked.limit), asked, media)
    feeds.waits.take()
    try:
        page = await reader.page(place, asked.limit, wait=asked.wait)
    finally:
        feeds.waits.leave()
    await _again(request)  # a key may have ended while it waited
    return await _page(request, reader, page, asked, media)


async def state(request: Request) -> Response:
    """A feed's snapshot as lines of JSON, the first with the cursor at which its tail begins."""
    reader, feeds = await _reader(request)
    chosen(request.headers.get("accept", ""), (NDJSON,))
    told = snapshot(reader)
    return Lasting(lines(await anext(told), told), feeds.snapshots, NDJSON)


async def schema(request: Request) -> Response:
    """The frozen JSON Schema of a payload."""
    text = schema_of(request.path_params["schema"])
    return Response(
        text,
        headers={"Cache-Control": "public, max-age=86400"},
        media_type="application/schema+json",
    )


ROUTES = [
    Route("/feeds", index),
    Route("/feeds/schemas/{schema}", schema),
    Route("/feeds/{name}", feed),
    Route("/feeds/{name}/snapshot", state),
]


async def _reader(request: Request) -> tuple[Reader, Feeds]:
    """Whoever asks, with the eyes of its key; Problem where the key is not for feeds."""
    return await _again(request), request.app.state.feeds


async def _again(request: Request) -> Reader:
    """The same reader, as far as its key is still one and sees what it saw."""
    state = request.app.state
    asker = await state.keyring.asker(request.headers.get("authorization"), needs="feeds:read")
    request.state.principal_id = asker.principal.id
    base = str(request.base_url).rstrip("/")
    found = feed_of(request.path_params["name"])
    return Reader(state.graph.seen_by(asker.scope), state.feeds.watch, found, base)


async def _page(request: Request, reader: Reader, page: Page, asked: Asked, media: str) -> Response:
    """A page, or 304 for a client that has it already."""
    after = await reader.cursor(page.after)
    tag = _tag(reader.feed.name, await reader.cursor(page.before), after, str(asked.limit), media)
    following = {"after": after, "limit": asked.limit}
    if asked.wait:
        following["wait"] = f"{asked.wait:g}"
    path = f"/feeds/{reader.feed.name}"
    link = f'<{path}?{urlencode(following)}>; rel="next", <{path}/snapshot>; rel="snapshot"'
    headers = {**PRIVATE, "ETag": tag, "Link": link}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    events = [one.json for one in page.events]
    body = b"".join(one + b"\n" for one in events)
    if media != NDJSON:
        body = b"[" + b",".join(events) + b"]"
    return Response(body, headers=headers, media_type=media)


def _tag(*parts: str) -> str:
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def _asked(given: Mapping[str, str]) -> Asked:
    unknown = sorted(given.keys() - {"after", "limit", "wait"})
    if unknown:
        raise Problem(400, "PARAMETER", f"{unknown[0]!r} is not one of after, limit, wait")
    limit = _number(given, "limit", LIMIT, 1, MOST)
    return Asked(given.get("after"), int(limit), _number(given, "wait", 0, 0, LONGEST_WAIT))


def _number(
    given: Mapping[str, str], name: str, default: float, least: float, most: float
) -> float:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise Problem(
            400, "PARAMETER", f"{name} is a whole number from {least} to {most:g}, not {text!r}"
        )
    return float(text)
