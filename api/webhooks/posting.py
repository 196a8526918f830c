"""What all deliveries of this process share, and how one attempt is made and written."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx

from api.webhooks.address import Pinned, Resolve, resolve
from api.webhooks.parcel import MEDIA_TYPE, Parcel, challenge_of
from api.webhooks.schedule import after_failure, after_success
from api.webhooks.sending import PATIENCE, Outcome, send
from api.webhooks.signing import Safe, headers, safe_of
from graph.connection import BatchSession
from graph.lease.holding import holder_name
from graph.settings import Settings
from graph.webhooks.webhook import Receipt, Webhook, write_attempt

HEALTHY, SICK = 200, 50
"""Deliveries that are under way at once, to endpoints whose last attempt failed apart."""


@dataclass(frozen=True)
class Rules:
    """How deliveries are made: what tests may choose, and operators by settings."""

    safe: Safe
    base: str
    """Address under which schemas and snapshots are found."""
    is_local_allowed: bool = False
    resolve: Resolve = resolve
    trust: ssl.SSLContext | None = None
    patience: float = PATIENCE
    idle: float = 5.0
    """Seconds after which an endpoint that has nothing to do is read again."""
    look: float = 2.0
    """Seconds between two looks at the lease, and at which endpoints there are."""
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    chance: Callable[[], float] = random.random
    holder: str = field(default_factory=holder_name)


def rules_of(settings: Settings) -> Rules:
    """What the settings say."""
    return Rules(
        safe_of(settings),
        base_of(settings),
        is_local_allowed=settings.webhook_local,
    )


def base_of(settings: Settings) -> str:
    """The address by which others reach the API."""
    return settings.api_address.rstrip("/") or f"http://127.0.0.1:{settings.api_port}"


class Posting:
    """Makes attempts, counts them, and writes what came of each."""

    def __init__(self, session: BatchSession, rules: Rules) -> None:
        self.rules = rules
        self.counted: Counter[str] = Counter()
        self._session = session
        self._healthy = asyncio.Semaphore(HEALTHY)
        self._sick = asyncio.Semaphore(SICK)
        transport = Pinned(
            rules.resolve, is_local_allowed=rules.is_local_allowed, trust=rules.trust
        )
        self._client = httpx.AsyncClient(
            transport=transport, timeout=rules.patience, trust_env=False, follow_redirects=False
        )

    async def attempt(
        self, webhook: Webhook, parcel: Parcel, taken: Callable[[Webhook], Webhook]
    ) -> Webhook | None:
        """The endpoint after an attempt, moved on as `taken` says where it was delivered.

        None where somebody changed the endpoint meanwhile: read it again.
        """
        rules, now = self.rules, self.rules.clock()
        signed = headers(webhook, parcel.id, parcel.body, now=now, safe=rules.safe)
        async with self._sick if webhook.attempts else self._healthy:
            outcome = await send(
                self._client,
                webhook.address,
                {"Content-Type": MEDIA_TYPE, **signed},
                parcel.body,
                now=now,
                patience=rules.patience,
            )
        outcome = _challenged(webhook, parcel, outcome)
        self.counted[outcome.name] += 1
        if outcome.name == "delivered":
            moved = after_success(taken(webhook))
        else:
            moved = after_failure(webhook, outcome, rules.clock(), rules.chance)
        receipt = Receipt(
            parcel.id, webhook.attempts + 1, now, outcome.name, outcome.status,
            round(outcome.seconds, 4), outcome.error,
        )  # fmt: skip
        return await self.write(moved, receipt)

    async def write(self, webhook: Webhook, *receipts: Receipt) -> Webhook | None:
        """The endpoint as it was written; None where somebody changed it since it was read."""
        is_current = await asyncio.to_thread(
            write_attempt, self._session, webhook, receipts, holder=self.rules.holder
        )
        return replace(webhook, revision=webhook.revision + 1) if is_current else None

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()


def _challenged(webhook: Webhook, parcel: Parcel, outcome: Outcome) -> Outcome:
    """A handshake is delivered by an answer that holds its challenge alone."""
    is_handshake = parcel.id == webhook.handshake
    if not is_handshake or outcome.name != "delivered":
        return outcome
    if challenge_of(webhook).encode() in outcome.body:
        return outcome
    return replace(outcome, name="challenge", error="the answer does not hold the challenge")
