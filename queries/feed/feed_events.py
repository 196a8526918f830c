"""Events after a place in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class FeedEvent:
    """One event; all but its number is empty where the reader is not told of it."""

    sequence: int
    event_id: str | None
    type: str | None
    subject: str | None
    """What it happened to, as `Label/id`."""
    payload: str | None
    """What changed, as JSON."""
    recorded_at: str | None


async def feed_events(
    graph: ReadSession, *, feed_epoch: int, after: int, most: int, prefixes: Sequence[str]
) -> list[FeedEvent]:
    """The events of an epoch after a number, at most so many, told where their type begins so."""
    return await ask(
        graph,
        __file__,
        FeedEvent,
        feed_epoch=feed_epoch,
        after=after,
        most=most,
        prefixes=list(prefixes),
    )
