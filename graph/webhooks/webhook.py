"""Endpoints of webhooks: each is read whole and written whole, and never over a newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.access.principal import Principal, Role
from graph.connection import BatchSession, ReadSession, as_text
from graph.errors import NotFound
from graph.statement import read_statement

HERE = Path(__file__).parent
WEBHOOK = read_statement(HERE / "webhook.cypher").text
WEBHOOKS = read_statement(HERE / "webhooks.cypher").text
WRITE = read_statement(HERE / "write_webhook.cypher").text
WRITE_ATTEMPT = read_statement(HERE / "write_attempt.cypher").text
RECEIPTS = read_statement(HERE / "receipts.cypher").text
FORGET_RECEIPTS = read_statement(HERE / "forget_receipts.cypher").text
HEAD = read_statement(HERE / "head.cypher").text
RANGE = read_statement(HERE / "range.cypher").text

MOMENTS = ("former_until", "failing_since", "due_at", "created_at")
AT_ONCE = 5_000
LEASE = "webhooks"
"""The lease to deliver: one process delivers, and what another writes is not taken."""


class LeaseLost(Exception):
    """Another process delivers now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint; graph/model/webhooks.py says what each property is."""

    id: str
    address: str
    feed: str
    principal: Principal
    state: str
    reason: str | None = None
    secret: str
    former_secret: str | None = None
    former_until: datetime | None = None
    handshake: str
    feed_epoch: int
    sequence: int
    replay_after: int | None = None
    replay_to: int | None = None
    attempts: int = 0
    failing_since: datetime | None = None
    due_at: datetime | None = None
    revision: int = 0
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """One attempt to deliver an event."""

    event: str
    attempt: int
    at: datetime
    outcome: str
    status: int | None
    seconds: float
    error: str | None


async def find_webhook(graph: ReadSession, id: str) -> Webhook | None:
    """The endpoint with an id; `graph` must see everything itself."""
    rows = await graph.rows(WEBHOOK, id=id)
    return _webhook(*rows[0]) if rows else None


def webhooks(session: BatchSession) -> list[Webhook]:
    """All endpoints in the order in which they were made."""
    return [_webhook(*row) for row in session.rows(WEBHOOKS, scope=None)]


def named(session: BatchSession, beginning: str) -> Webhook:
    """The endpoint whose id begins so; NotFound where it is none or several."""
    found = [one for one in webhooks(session) if one.id.startswith(beginning)]
    if len(found) != 1:
        many = "no webhook has" if not found else f"{len(found)} webhooks have"
        raise NotFound(f"{many} an id that begins {beginning}", remedy="./footprint webhooks list")
    return found[0]


def write(session: BatchSession, webhook: Webhook) -> bool:
    """Write an endpoint; whether it was still as it was read."""
    return bool(session.run(WRITE, webhook=_properties(webhook)))


def change(session: BatchSession, beginning: str, changed: Callable[[Webhook], Webhook]) -> Webhook:
    """Change an endpoint, however often it is written meanwhile; what it is then."""
    while True:
        webhook = changed(named(session, beginning))
        if write(session, webhook):
            return webhook


def write_attempt(
    session: BatchSession, webhook: Webhook, receipts: Sequence[Receipt], *, holder: str
) -> bool:
    """Write receipts, and the endpoint if it was still as it was read: whether it was.

    Raises LeaseLost, and writes nothing, where somebody else delivers.
    """
    told = [asdict(one) | {"at": as_text(one.at)} for one in receipts]
    rows = session.run(
        WRITE_ATTEMPT, webhook=_properties(webhook), receipts=told, lease=LEASE, holder=holder
    )
    if not rows:
        raise LeaseLost("another process delivers the webhooks now")
    return bool(rows[0][0])


def receipts(session: BatchSession, id: str, *, most: int) -> list[Receipt]:
    """The newest receipts of an endpoint."""
    return [
        Receipt(event, attempt, datetime.fromisoformat(at), *rest)
        for event, attempt, at, *rest in session.rows(RECEIPTS, webhook=id, most=most, scope=None)
    ]


def forget_receipts(session: BatchSession, before: datetime) -> int:
    """Delete the receipts from before a moment; how many."""
    total = 0
    while count := session.run(FORGET_RECEIPTS, before=before, most=AT_ONCE)[0][0]:
        total += count
    return total


def head(session: BatchSession) -> tuple[int, int, int]:
    """The feed's epoch, the number of its newest event, and of the newest that is forgotten."""
    epoch, sequence, forgotten = session.row(HEAD)
    return epoch, sequence, forgotten


def numbers_of(
    session: BatchSession, *, feed_epoch: int, since: datetime, until: datetime, most: int
) -> tuple[int, int] | None:
    """The number before the first event recorded in a span, and that of the last one."""
    row = session.row(RANGE, feed_epoch=feed_epoch, since=since, until=until, most=most)
    return (row[0], row[1]) if row else None


def _properties(webhook: Webhook) -> dict[str, Any]:
    """An endpoint as its node has it, moments as text."""
    told = {one.name: as_text(getattr(webhook, one.name)) for one in fields(webhook)}
    return told | {"principal": webhook.principal.id}


def _webhook(told: Mapping[str, Any], principal: Mapping[str, Any]) -> Webhook:
    known = {one.name: told[one.name] for one in fields(Webhook) if told.get(one.name) is not None}
    known |= {name: datetime.fromisoformat(known[name]) for name in MOMENTS if name in known}
    known["principal"] = Principal(
        principal["id"],
        principal["name"],
        Role(principal["role"]),
        principal.get("seller"),
        teams=tuple(principal.get("teams", ())),
        territories=tuple(principal.get("territories", ())),
        countries=tuple(principal.get("countries", ())),
        accounts=tuple(principal.get("accounts", ())),
    )
    return Webhook(**known)
