"""What is delivered: events as they are, and the handshake before the first of them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import orjson

from api.feeds.cloudevent import SOURCE, Told
from api.feeds.place import snapshot_of
from api.feeds.registry import WEBHOOK_BEGUN, kinds
from graph.connection import as_text
from graph.webhooks.webhook import Webhook

MEDIA_TYPE = "application/cloudevents+json"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery: the same id and the same body at each attempt."""

    id: str
    time: str
    """When the event was recorded."""
    body: bytes


def of_event(event: Told) -> Parcel:
    """An event."""
    told = orjson.loads(event.json)
    return Parcel(told["id"], told["time"], event.json)


def of_handshake(webhook: Webhook, *, base: str, now: datetime) -> Parcel:
    """The delivery that asks for its challenge back, before any event is told."""
    kind, time = kinds()[WEBHOOK_BEGUN], str(as_text(now))
    told = {
        "specversion": "1.0",
        "id": webhook.handshake,
        "source": SOURCE,
        "type": kind.type,
        "subject": f"Webhook/{webhook.id}",
        "time": time,
        "dataschema": f"{base}/feeds/schemas/{kind.schema}",
        "datacontenttype": "application/json",
        "data": {
            "feed": webhook.feed,
            "reason": webhook.reason,
            "snapshot": base + snapshot_of(webhook.feed),
            "challenge": challenge_of(webhook),
        },
    }
    return Parcel(webhook.handshake, time, orjson.dumps(told))


def challenge_of(webhook: Webhook) -> str:
    """What the answer to a handshake must hold: nobody can know it who did not read it."""
    key = webhook.secret.encode()  # encrypted, and known to nobody outside
    return hmac.new(key, webhook.handshake.encode(), hashlib.sha256).hexdigest()
