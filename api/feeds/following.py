"""Feeds on a terminal: events as lines, as they come or up to now."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.feeds.reading import Reader
from api.feeds.registry import FEEDS, feed_of
from api.feeds.snapshot import snapshot
from api.feeds.told import line
from api.feeds.watch import Watch
from api.http.problem import Problem
from graph.connection import open_reads
from graph.errors import UsageError
from graph.facts import outbox
from graph.opening import open_graph
from graph.terminal import progress, settings_of_process, to_json

PAGE = 1_000
WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Following:
    """One reader at a terminal."""

    name: str
    after: str | None
    """A cursor, `now`, or nothing for the first event that is kept."""
    cursor_file: Path | None
    follow: bool
    """Whether to wait for what comes."""
    as_json: bool

    async def write(self) -> None:
        """Write events until there are no more, or until it is interrupted."""
        async with _reader(self.name) as reader:
            place = await reader.begin(self.after)
            while True:
                page = await reader.page(place, PAGE, wait=WAIT if self.follow else 0.0)
                for event in page.events:
                    sys.stdout.write(
                        f"{event.json.decode() if self.as_json else line(event.json)}\n"
                    )
                sys.stdout.flush()
                if self.cursor_file:
                    _keep(self.cursor_file, await reader.cursor(page.after))
                if not self.follow and page.after == place:
                    return
                place = page.after


async def write_snapshot(name: str) -> None:
    """Write a feed's snapshot as lines of JSON."""
    async with _reader(name) as reader:
        async for one in snapshot(reader):
            sys.stdout.write(to_json(one) + "\n")


def run(work: Coroutine[None, None, None], name: str) -> None:
    """Do it; what a client would be told as a Problem becomes an error of the command line."""
    try:
        asyncio.run(work)
    except Problem as error:
        remedy = f"./footprint feeds snapshot {name}" if name in FEEDS else "./footprint feeds list"
        raise UsageError(error.detail, where=error.code, remedy=remedy) from None


@asynccontextmanager
async def _reader(name: str) -> AsyncIterator[Reader]:
    feed, settings = feed_of(name), settings_of_process()
    with open_graph(settings, progress) as (server, session):
        outbox.begin(session)
    async with open_reads(server) as graph:
        watch = Watch(graph)
        try:
            yield Reader(graph, watch, feed, f"http://127.0.0.1:{settings.api_port}")
        finally:
            await watch.close()


def _keep(file: Path, cursor: str) -> None:
    """Put a cursor in its file, whole or not at all."""
    new = file.with_name(file.name + ".new")
    new.write_text(cursor + "\n", encoding="utf-8")
    new.replace(file)
