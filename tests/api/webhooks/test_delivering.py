"""Events reach their endpoints in order, once, signed; what is sick delays nobody else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from api.webhooks.figures import Deliveries
from graph.access.enrolled import enrol
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.lease.holding import take
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Receipt
from tests.api.feeds.log import step
from tests.api.webhooks.conftest import (
    NOW,
    SECRET,
    Add,
    Clock,
    Delivered,
    Tell,
    ids,
    now_of,
    until,
    written,
)
from tests.api.webhooks.receiver import Delivery, Receiver, is_by, is_by_holder_of, refusing


async def test_the_handshake_comes_first_and_then_each_event_once_in_order_and_signed(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    tell(step("before", None, "open"))
    made = add(receiver.address("/hook"))
    async with delivered():
        await until(lambda: receiver.came)
        tell(*(step(str(number), "open", "open") for number in range(120)))
        await until(lambda: len(receiver.events("/hook")) == 120)
        await until(lambda: now_of(batches, made).sequence == 121)

    first = receiver.came[0]
    assert first.is_handshake
    assert first.told["data"] | {"challenge": ""} == {
        "feed": "signals", "reason": "REGISTERED", "challenge": "",
        "snapshot": "https://footprint.example/feeds/signals/snapshot",
    }  # fmt: skip
    assert ids(receiver.came[1:]) == written(batches)[1:]
    assert all(is_by(one, SECRET.shared) for one in receiver.came)
    assert all(is_by_holder_of(one, SECRET.public) for one in receiver.came)
    assert all(one.told["id"] == one.id for one in receiver.came)
    assert {one.headers["content-type"] for one in receiver.came} == {
        "application/cloudevents+json"
    }
    assert now_of(batches, made).state == "active"


async def test_who_does_not_answer_the_challenge_is_told_nothing(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    async def polite(_: Delivery) -> tuple[int, dict[str, str], bytes]:
        return 200, {}, b"thank you"

    receiver.answers["/hook"] = polite
    made = add(receiver.address("/hook"))
    tell(step("1", None, "open"))
    async with delivered():
        await until(lambda: now_of(batches, made).attempts)

    assert receiver.events("/hook") == []
    assert now_of(batches, made).state == "new"
    (receipt,) = kept.receipts(batches, made.id, most=10)
    assert (receipt.outcome, receipt.event) == ("challenge", made.handshake)


async def test_sick_endpoints_delay_no_healthy_one(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    async def slow(_: Delivery) -> None:
        await asyncio.sleep(60)

    async def rude(_: Delivery) -> None:
        return None

    sick = {
        "/slow": slow, "/rude": rude, "/500": refusing(500), "/410": refusing(410),
        "/429": refusing(429, Retry_After="3000"), "/moved": refusing(301, Location="http://10.0.0.1/"),
    }  # fmt: skip
    receiver.answers |= sick
    ill = {path: add(receiver.address(path), state="active") for path in sick}
    far = add("https://169.254.169.254/", state="active")
    well = [add(receiver.address(f"/well{number}"), state="active") for number in range(6)]
    async with delivered(patience=20.0) as dispatcher:
        await until(lambda: len(dispatcher.running) == 13)
        began = datetime.now(UTC)
        tell(*(step(str(number), "open", "open") for number in range(10)))
        await until(lambda: all(len(receiver.events(f"/well{n}")) == 10 for n in range(6)))
        assert datetime.now(UTC) - began < timedelta(seconds=10)  # the slow one takes 20
        await until(
            lambda: now_of(batches, ill["/moved"]).attempts and now_of(batches, far).attempts
        )
        await until(lambda: now_of(batches, ill["/410"]).state == "disabled")
        await until(lambda: {now_of(batches, one).sequence for one in well} == {10})

    expected = written(batches)
    assert all(ids(receiver.events(f"/well{number}")) == expected for number in range(6))
    told = {path: kept.receipts(batches, one.id, most=9) for path, one in ill.items()}
    told["far"] = kept.receipts(batches, far.id, most=9)
    assert {path: [(one.outcome, one.status) for one in found] for path, found in told.items()} == {
        "/slow": [], "/rude": [("connection", None)], "/500": [("status", 500)],
        "/410": [("gone", 410)], "/429": [("throttled", 429)], "/moved": [("status", 301)],
        "far": [("address", None)],
    }  # fmt: skip
    throttled = now_of(batches, ill["/429"])
    assert throttled.due_at
    assert throttled.due_at - datetime.now(UTC) > timedelta(seconds=2_900)
    assert now_of(batches, ill["/410"]).sequence == 0


async def test_what_failed_is_sent_again_as_it_was_until_it_is_taken(
    delivered: Delivered,
    receiver: Receiver,
    add: Add,
    tell: Tell,
    batches: BatchSession,
    clock: Clock,
) -> None:
    receiver.answers["/hook"] = refusing(503)
    made = add(receiver.address("/hook"), state="active")
    tell(step("1", None, "open"), step("2", None, "open"))
    async with delivered(idle=0.05) as dispatcher:
        await until(lambda: now_of(batches, made).attempts == 1)
        for hours in range(1, 3):
            clock.ahead = timedelta(hours=hours)
            await until(lambda: now_of(batches, made).attempts == hours + 1)  # noqa: B023
        registry = CollectorRegistry()
        registry.register(Deliveries(dispatcher))
        assert registry.get_sample_value("footprint_webhooks_waiting") == 1
        oldest = registry.get_sample_value("footprint_webhook_oldest_undelivered_seconds")
        del receiver.answers["/hook"]
        clock.ahead = timedelta(hours=9)
        await until(lambda: now_of(batches, made).sequence == 2)
        await until(lambda: registry.get_sample_value("footprint_webhooks_waiting") == 0)
        counted = {
            name: registry.get_sample_value("footprint_webhook_attempts_total", {"outcome": name})
            for name in ("delivered", "status", "gone")
        }

    first, second = written(batches)
    recorded = datetime(2026, 1, 2, tzinfo=UTC)
    assert oldest
    assert abs(oldest - (datetime.now(UTC) + timedelta(hours=2) - recorded).total_seconds()) < 120
    assert counted == {"delivered": 2.0, "status": 3.0, "gone": 0.0}
    came = receiver.events("/hook")
    assert ids(came) == [first] * 4 + [second]
    assert len({one.body for one in came[:4]}) == 1
    receipts = kept.receipts(batches, made.id, most=10)
    assert [(one.event, one.attempt, one.outcome) for one in reversed(receipts)] == [
        *((first, attempt, "status") for attempt in (1, 2, 3)),
        (first, 4, "delivered"),
        (second, 1, "delivered"),
    ]


ACCOUNT = """
MERGE (account:Account {id: $account})
MERGE (signal:Signal {id: $signal}) MERGE (signal)-[:OF_ACCOUNT]->(account)
"""


async def test_a_partner_is_told_of_its_accounts_alone_as_they_are_at_that_moment(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    for account in ("a", "b"):
        batches.run(ACCOUNT, account=account, signal=f"of-{account}")
    partner = enrol(batches, "Portal", Role.partner, now=NOW, accounts=["a"])
    add(receiver.address("/partner"), state="active", principal=partner)
    everybody = add(receiver.address("/all"), state="active")
    both = [step("of-a", None, "open"), step("of-b", None, "open")]
    async with delivered():
        tell(*both)
        await until(lambda: receiver.events("/partner") and len(receiver.events("/all")) == 2)
        batches.run("MATCH (p:Principal {id: $id}) SET p.accounts = ['b']", id=partner.id)
        tell(*both)
        await until(lambda: len(receiver.events("/partner")) == 3)
        await until(lambda: now_of(batches, everybody).sequence == 4)

    told = [one.told for one in receiver.events("/partner")]
    # What was hidden behind its place when its eyes changed is told as it sees it now.
    assert [one["subject"] for one in told] == ["Signal/of-a", "Signal/of-b", "Signal/of-b"]
    assert all("sequence" not in one for one in told)


async def test_who_does_not_hold_the_lease_delivers_nothing_and_writes_nothing(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    made = add(receiver.address("/hook"), state="active")
    tell(step("1", None, "open"))
    assert take(batches, kept.LEASE, holder="elsewhere/1", seconds=15)[0]
    async with delivered() as dispatcher:
        await asyncio.sleep(1)
        assert dispatcher.running == {}
        with pytest.raises(kept.LeaseLost):
            kept.write_attempt(batches, made, [], holder="here/2")
        batches.run("MATCH (lease:Lease {id: 'webhooks'}) SET lease.until_ms = 0")
        await until(lambda: now_of(batches, made).sequence == 1)

    assert len(receiver.events("/hook")) == 1


def test_receipts_are_forgotten_after_their_time_and_an_old_endpoint_is_not_written(
    add: Add, batches: BatchSession
) -> None:
    made = add("https://a.example/")
    assert take(batches, kept.LEASE, holder="here/1", seconds=15)[0]
    receipts = [
        Receipt(str(day), 1, NOW - timedelta(days=day), "delivered", 200, 0.1, None)
        for day in (1, 29, 31)
    ]
    stale = now_of(batches, made)

    assert kept.write_attempt(batches, stale, receipts, holder="here/1")
    assert not kept.write_attempt(batches, stale, [], holder="here/1")
    assert kept.forget_receipts(batches, NOW - timedelta(days=30)) == 1
    assert [one.event for one in kept.receipts(batches, made.id, most=10)] == ["1", "29"]
