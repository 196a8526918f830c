"""Reads a page of a feed: what a reader is told after a place, and the place after that."""

from __future__ import annotations

import time
from dataclasses import dataclass

from api.feeds.cloudevent import Told, parents_in, tell
from api.feeds.place import Place, Seal, snapshot_of
from api.feeds.registry import Feed
from api.feeds.watch import Watch
from api.http.problem import Problem
from graph.connection import ReadSession
from queries.feed.feed_events import FeedEvent, feed_events
from queries.feed.feed_head import FeedHead
from queries.feed.seen_entities import seen_entities

SCANNED = 1_000
"""Events of the log that one statement looks at."""
SCANS = 20
"""Statements that one page may take; then it is given as it is, though it be empty."""
NOW = "now"


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader is told, and where it stands then."""

    events: list[Told]
    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who follows a feed through the eyes of a session."""

    graph: ReadSession
    watch: Watch
    feed: Feed
    base: str
    """Address under which schemas are found."""

    async def begin(self, cursor: str | None) -> Place:
        """Where to begin: at a cursor, at `now`, or at the first event that is kept."""
        head = await self.watch.head()
        if cursor is None:
            return Place(head.feed_epoch, head.forgotten)
        if cursor == NOW:
            return Place(head.feed_epoch, head.sequence)
        place = self.seal(head).place(cursor)
        await self._refuse_unless_kept(place)
        return place

    def seal(self, head: FeedHead) -> Seal:
        """What makes this feed's cursors."""
        return Seal(head.cursor_key or "", self.feed.name)

    async def cursor(self, place: Place) -> str:
        """The cursor of a place."""
        return self.seal(await self.watch.head()).cursor(place)

    async def page(self, after: Place, limit: int, *, wait: float = 0.0) -> Page:
        """At most `limit` events after a place, waiting some seconds for the first of them.

        Problem when the place is of another epoch, or what follows it is no longer kept.
        """
        deadline = time.monotonic() + wait
        place = after
        while True:
            head = await self._refuse_unless_kept(place)
            seen = Place(head.feed_epoch, head.sequence)
            events, is_end = list[Told](), True
            if place != seen:
                events, place, is_end = await self._scan(place, limit)
            left = deadline - time.monotonic()
            if events or not is_end or left <= 0 or not await self.watch.moves_beyond(seen, left):
                return Page(events, after, place)

    async def _scan(self, place: Place, limit: int) -> tuple[list[Told], Place, bool]:
        """Events after a place, the place after them, and whether the log ends there.

        A reader of some accounts alone passes over what is not for it only together with an event
        that is, or a whole scan at a time: its cursor does not count what others were told.
        """
        is_scoped = self.graph.scope.account_ids is not None
        for _ in range(SCANS):
            rows = await feed_events(
                self.graph,
                feed_epoch=place.epoch,
                after=place.sequence,
                most=SCANNED,
                prefixes=self.feed.prefixes,
            )
            rows = _without_gaps(rows, place.sequence)
            told = [row for row in rows if row.event_id][:limit]
            is_end = len(rows) < SCANNED
            if told and (len(told) == limit or (is_scoped and is_end)):
                place = Place(place.epoch, told[-1].sequence)
            elif rows and not (is_scoped and is_end):
                place = Place(place.epoch, rows[-1].sequence)
            if told or is_end:
                return await self._tell(told, place.epoch), place, is_end
        return [], place, False

    async def _tell(self, rows: list[FeedEvent], epoch: int) -> list[Told]:
        is_scoped = self.graph.scope.account_ids is not None
        parents = parents_in(rows) if is_scoped else []
        found = await seen_entities(self.graph, entity_ids=parents) if parents else []
        seen = frozenset(one.entity_id for one in found)
        return [tell(row, epoch, base=self.base, is_scoped=is_scoped, seen=seen) for row in rows]

    async def _refuse_unless_kept(self, place: Place) -> FeedHead:
        head = await self.watch.head()
        if place.epoch != head.feed_epoch or place.sequence > head.sequence:
            head = await self.watch.head(age=0)  # another process may have been ahead of our look
        if place.epoch != head.feed_epoch or place.sequence > head.sequence:
            raise Problem(
                410,
                "EPOCH_CHANGED",
                "the log began anew, after a restore or a rebuild: begin again at the snapshot",
                snapshot=snapshot_of(self.feed.name),
            )
        if place.sequence < head.forgotten:
            raise Problem(
                410,
                "CURSOR_TOO_OLD",
                "what follows this cursor is no longer kept: begin again at the snapshot",
                snapshot=snapshot_of(self.feed.name),
            )
        return head


def _without_gaps(rows: list[FeedEvent], after: int) -> list[FeedEvent]:
    """The rows up to the first gap: a statement may see a transaction half written."""
    whole = next((at for at, row in enumerate(rows) if row.sequence != after + 1 + at), len(rows))
    return rows[:whole]
