"""Events of the log as CloudEvents 1.0 in JSON, for one reader."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from api.feeds.place import Place
from api.feeds.registry import kinds
from queries.feed.feed_events import FeedEvent

SOURCE = "urn:footprint:feed"
DIGITS = 12
"""Of a sequence, which is text that sorts as numbers do (CloudEvents' sequence extension)."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is told to a reader."""

    place: Place
    type: str
    json: bytes


def tell(event: FeedEvent, epoch: int, *, base: str, is_scoped: bool, seen: frozenset[str]) -> Told:
    """An event of which the reader is told.

    `base` is the address under which schemas are found. A reader of some accounts alone is given no
    sequence, which would count what it is not told, and of parents only those in `seen`.
    """
    assert event.type
    assert event.payload
    kind = kinds().get(event.type)  # none: an older version of Footprint wrote it
    told = {
        "specversion": "1.0",
        "id": event.event_id,
        "source": SOURCE,
        "type": event.type,
        "subject": event.subject,
        "time": event.recorded_at,
        "partitionkey": event.subject,
        "epoch": epoch,
        "sequence": f"{event.sequence:0{DIGITS}}",
        "datacontenttype": "application/json",
        "data": orjson.loads(event.payload),
    }
    if kind:
        told["dataschema"] = f"{base}/feeds/schemas/{kind.schema}"
    if is_scoped:
        del told["sequence"]
        for parent in told["data"].get("parents", ()):
            parent["parent_id"] = parent["parent_id"] if parent["parent_id"] in seen else None
    return Told(Place(epoch, event.sequence), event.type, orjson.dumps(told))


def parents_in(events: list[FeedEvent]) -> list[str]:
    """Ids of all parents that these events name."""
    payloads = (orjson.loads(one.payload) for one in events if one.payload)
    return sorted({parent["parent_id"] for told in payloads for parent in told.get("parents", ())})
