"""Delivers to one endpoint: event by event, in order, each until it is taken.

The endpoint is read again before each delivery, and with it what its principal may see.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

import structlog

from api.feeds.place import Place
from api.feeds.reading import Page, Reader
from api.feeds.registry import FEEDS
from api.feeds.watch import Watch
from api.http.problem import Problem
from api.webhooks.parcel import of_event, of_handshake
from api.webhooks.posting import Posting
from graph.access.principal import scope_of
from graph.connection import ReadSession
from graph.errors import FootprintError
from graph.webhooks.webhook import LeaseLost, Webhook, find_webhook

log = structlog.get_logger()
AT_ONCE = 100
"""Events read at a time."""


class Delivering:
    """One endpoint, and what it is waiting for."""

    def __init__(self, id: str, graph: ReadSession, watch: Watch, posting: Posting) -> None:
        self.id = id
        self.waiting_since: datetime | None = None
        """When the first event that is known to wait was recorded."""
        self._graph = graph
        self._watch = watch
        self._posting = posting

    async def run(self) -> None:
        """Deliver until the endpoint is disabled, or another process delivers."""
        while True:
            try:
                webhook = await find_webhook(self._graph, self.id)
                if webhook is None or webhook.state == "disabled":
                    self.waiting_since = None
                    return
                await self._step(webhook)
            except LeaseLost:
                return
            except FootprintError as error:
                log.warning("webhook_not_delivered", webhook=self.id, reason=error.what)
                await asyncio.sleep(self._posting.rules.idle)

    async def _step(self, webhook: Webhook) -> None:
        """Wait, shake hands, or deliver a page."""
        now = self._posting.rules.clock()
        if webhook.due_at and webhook.due_at > now:
            self.waiting_since = self.waiting_since or webhook.failing_since
            await asyncio.sleep(
                min((webhook.due_at - now).total_seconds(), self._posting.rules.idle)
            )
        elif webhook.state == "new":
            self.waiting_since = webhook.failing_since
            parcel = of_handshake(webhook, base=self._posting.rules.base, now=webhook.created_at)
            await self._posting.attempt(webhook, parcel, lambda one: replace(one, state="active"))
        else:
            await self._deliver(webhook)

    async def _deliver(self, webhook: Webhook) -> None:
        reader = await self._reader(webhook)
        is_replay = webhook.replay_to is not None
        try:
            page = await reader.page(
                _place(webhook), AT_ONCE, wait=0 if is_replay else self._posting.rules.idle
            )
        except Problem as problem:
            await self._begin_anew(webhook, reader, problem)
            return
        if is_replay:
            page = _until(page, Place(webhook.feed_epoch, webhook.replay_to or 0))
        for event in page.events:
            parcel = of_event(event)
            self.waiting_since = datetime.fromisoformat(parcel.time)
            if not await self._is_as_before(webhook, reader):
                return
            taken = partial(_at, place=event.place)
            moved = await self._posting.attempt(webhook, parcel, taken)
            if moved is None or moved.attempts or moved.state != "active":
                return
            webhook = moved
        self.waiting_since = None
        if page.after != _place(webhook) and is_replay == (webhook.replay_to is not None):
            await self._posting.write(_at(webhook, page.after))

    async def _is_as_before(self, webhook: Webhook, reader: Reader) -> bool:
        """Whether nobody changed the endpoint, or what its principal may see."""
        found = await find_webhook(self._graph, self.id)
        if found is None or found.revision != webhook.revision:
            return False
        return (await self._reader(found)).graph.scope == reader.graph.scope

    async def _reader(self, webhook: Webhook) -> Reader:
        today = self._posting.rules.clock().date()
        scope = await scope_of(self._graph, webhook.principal, on=today)
        seen = self._graph.seen_by(scope)
        return Reader(seen, self._watch, FEEDS[webhook.feed], self._posting.rules.base)

    async def _begin_anew(self, webhook: Webhook, reader: Reader, problem: Problem) -> None:
        """Shake hands again where the log has gone on without the endpoint: it is told so."""
        if problem.status != 410:
            await asyncio.sleep(self._posting.rules.idle)
            return
        if webhook.replay_to is not None:  # what comes first is gone; its own place may be good
            await self._posting.write(replace(webhook, replay_after=None, replay_to=None))
            return
        place = await reader.begin(None)
        await self._posting.write(
            replace(
                webhook,
                state="new",
                reason=problem.code,
                handshake=str(uuid4()),
                feed_epoch=place.epoch,
                sequence=place.sequence,
                replay_after=None,
                replay_to=None,
            )
        )


def _place(webhook: Webhook) -> Place:
    if webhook.replay_to is not None:
        return Place(webhook.feed_epoch, webhook.replay_after or 0)
    return Place(webhook.feed_epoch, webhook.sequence)


def _at(webhook: Webhook, place: Place) -> Webhook:
    """The endpoint after it took in what is up to a place; a replay ends where it should."""
    if webhook.replay_to is None:
        return replace(webhook, sequence=place.sequence)
    if place.sequence >= webhook.replay_to:
        return replace(webhook, replay_after=None, replay_to=None)
    return replace(webhook, replay_after=place.sequence)


def _until(page: Page, last: Place) -> Page:
    """Of a page what is up to a place; where nothing is left of it, it is at that place."""
    events = [one for one in page.events if one.place <= last]
    is_stuck = not events and page.after == page.before
    is_over = is_stuck or len(events) < len(page.events) or page.after >= last
    return Page(events, page.before, last if is_over else page.after)
