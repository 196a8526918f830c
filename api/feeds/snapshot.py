"""A feed's state, and the cursor at which following it begins.

The cursor is taken before the first page is read: what changes meanwhile is told again by the feed,
and events that tell a state may be applied twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from api.feeds.place import Place
from api.feeds.reading import Reader
from api.http.problem import Problem
from queries.feed.living_signals import living_signals
from queries.feed.standing_parents import standing_parents

PAGE = 1_000
FIELDS = ("view", "parent_id", "is_controlling", "is_cut")


async def snapshot(reader: Reader) -> AsyncIterator[dict[str, Any]]:
    """Lines: the cursor, each subject with its state, and an end that counts them.

    A snapshot without its end was cut off. Problem, before the first line, while the graph is made
    anew.
    """
    head = await reader.watch.head(age=0)
    if head.is_rebuilding:
        raise Problem(
            503,
            "REBUILDING",
            "the graph is being made anew from its evidence, and holds only a part of it",
            headers={"Retry-After": "60"},
        )
    begun = Place(head.feed_epoch, head.sequence)
    yield {"feed": reader.feed.name, "cursor": reader.seal(head).cursor(begun)}
    count = 0
    for part in reader.feed.snapshot:
        async for line in PARTS[part](reader):
            yield line
            count += 1
    if (await reader.watch.head(age=0)).feed_epoch == begun.epoch:
        yield {"end": True, "count": count}


async def _signals(reader: Reader) -> AsyncIterator[dict[str, Any]]:
    after = ""
    while rows := await living_signals(reader.graph, after=after, most=PAGE):
        for row in rows:
            told = {"rule": row.rule_id, "after": row.state, "reason": row.state_reason}
            yield {"subject": f"Signal/{row.signal_id}", "data": told}
        after = rows[-1].signal_id


async def _hierarchy(reader: Reader) -> AsyncIterator[dict[str, Any]]:
    after = ""
    while rows := await standing_parents(reader.graph, after=after, most=PAGE):
        for row in rows:
            parents = [dict(zip(FIELDS, one, strict=True)) for one in row.parents]
            yield {"subject": f"LegalEntity/{row.entity_id}", "data": {"parents": parents}}
        after = rows[-1].entity_id


PARTS = {"signals": _signals, "hierarchy": _hierarchy}
