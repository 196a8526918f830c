"""How far the feed has come, and from where on it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class FeedHead:
    """The head of the feed."""

    head_id: str
    feed_epoch: int
    """A restored or rebuilt database begins another."""
    sequence: int
    """Number of the newest event."""
    forgotten: int
    """Number of the newest event that is no longer kept; 0 while all are."""
    cursor_key: str | None
    """Key by which places of readers are sealed."""
    is_rebuilding: bool
    """Whether the graph is being made anew from evidence."""


async def feed_head(graph: ReadSession) -> list[FeedHead]:
    """The head; none before anything was written."""
    return await ask(graph, __file__, FeedHead)
