"""Who is told by webhooks may ask what became of the deliveries; nobody else may."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx
import pytest

from api.app import build_app
from api.webhooks.posting import Rules
from graph.access.enrolled import enrol, find_principal
from graph.access.key import create_key
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook
from tests.api.feeds.log import step
from tests.api.webhooks.conftest import NOW, SAFE, until
from tests.api.webhooks.receiver import Receiver


@pytest.fixture
async def client(batches: BatchSession, empty_graph: Server) -> AsyncIterator[httpx.AsyncClient]:
    rules = Rules(SAFE, "http://localhost", is_local_allowed=True, idle=0.1, look=0.1)
    app = build_app(empty_graph, webhooks=rules)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


@pytest.fixture
def key_of(batches: BatchSession) -> Callable[..., dict[str, str]]:
    """The headers of a partner: `key_of("Acme", scope)` -> headers, and its principal is made."""

    def key_of(name: str, scope: str = "feeds:read") -> dict[str, str]:
        batches.run("MERGE (:Account {id: 'a'})")
        made = enrol(batches, name, Role.partner, now=NOW, accounts=["a"])
        text, _ = create_key(batches, made, now=datetime.now(UTC), scopes=[scope])
        return {"authorization": f"Bearer {text}"}

    return key_of


async def test_a_partner_sees_its_own_webhooks_and_their_receipts_and_no_secret(
    client: httpx.AsyncClient,
    key_of: Callable[..., dict[str, str]],
    add: Callable[..., Webhook],
    receiver: Receiver,
    batches: BatchSession,
) -> None:
    mine, theirs = key_of("Acme"), key_of("Other")
    own = add(receiver.address("/own"), principal=find_principal(batches, "Acme"))
    add(receiver.address("/other"), principal=find_principal(batches, "Other"))
    await until(lambda: kept.receipts(batches, own.id, most=9))
    told = await client.get("/webhooks", headers=mine)
    receipts = await client.get(f"/webhooks/{own.id}/receipts", headers=mine)
    foreign = await client.get(f"/webhooks/{own.id}/receipts", headers=theirs)
    unknown = await client.get("/webhooks/none/receipts", headers=theirs)

    assert [(one["id"], one["state"]) for one in told.json()["webhooks"]] == [(own.id, "active")]
    assert "secret" not in told.text
    (receipt,) = receipts.json()["receipts"]
    assert (receipt["event"], receipt["outcome"], receipt["status"], receipt["attempt"]) == (
        own.handshake, "delivered", 200, 1,
    )  # fmt: skip
    assert (foreign.status_code, foreign.json()["code"]) == (404, "UNKNOWN_WEBHOOK")
    assert {**foreign.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


async def test_a_key_for_something_else_is_refused(
    client: httpx.AsyncClient, key_of: Callable[..., dict[str, str]]
) -> None:
    told = await client.get("/webhooks", headers=key_of("Acme", "api:read"))

    assert (told.status_code, told.json()["code"]) == (403, "FORBIDDEN")


async def test_figures_of_deliveries_are_among_the_others(
    client: httpx.AsyncClient,
    add: Callable[..., Webhook],
    tell: Callable[..., None],
    receiver: Receiver,
    batches: BatchSession,
) -> None:
    tell(step("1", None, "open"))
    made = add(receiver.address("/hook"), sequence=0)
    await until(lambda: kept.named(batches, made.id).sequence == 1)
    told = (await client.get("/metrics")).text

    assert 'footprint_webhook_attempts_total{outcome="delivered"} 2.0' in told
    assert 'footprint_webhook_attempts_total{outcome="gone"} 0.0' in told
    assert "footprint_webhooks 1.0" in told
