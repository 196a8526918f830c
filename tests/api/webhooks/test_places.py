"""Where an endpoint stands: replayed, disabled, left behind by a restore, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from graph.connection import BatchSession
from graph.facts.outbox import forget, restart
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook
from tests.api.feeds.log import step
from tests.api.webhooks.conftest import (
    Add,
    Delivered,
    Tell,
    ids,
    now_of,
    until,
    written,
)
from tests.api.webhooks.receiver import Receiver


async def test_a_range_is_told_again_with_its_ids_and_the_place_stays(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    for day in range(1, 6):
        tell(step(str(day), None, "open"), moment=f"2026-01-0{day}T00:00:00Z")
    made = add(receiver.address("/hook"), state="active")
    span = {
        "since": datetime(2026, 1, 2, tzinfo=UTC),
        "until": datetime(2026, 1, 4, tzinfo=UTC),
    }
    found = kept.numbers_of(batches, feed_epoch=1, most=5, **span)
    assert found == (1, 3)
    assert kept.numbers_of(batches, feed_epoch=1, most=1, **span) is None
    async with delivered():
        kept.change(batches, made.id, lambda one: _changed(one, replay_after=1, replay_to=3))
        await until(lambda: len(receiver.events("/hook")) == 2)
        tell(step("6", None, "open"))
        await until(lambda: now_of(batches, made).sequence == 6)

    expected = written(batches)
    assert ids(receiver.events("/hook")) == [expected[1], expected[2], expected[5]]
    assert now_of(batches, made).replay_to is None


async def test_a_disabled_endpoint_hears_nothing_until_it_is_enabled_and_misses_nothing(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    made = add(receiver.address("/hook"), state="active")
    async with delivered():
        tell(step("1", None, "open"))
        await until(lambda: now_of(batches, made).sequence == 1)
        kept.change(batches, made.id, lambda one: _changed(one, state="disabled"))
        tell(step("2", "open", "open"))
        other = add(receiver.address("/other"), state="active", sequence=0)
        await until(lambda: now_of(batches, other).sequence == 2)
        assert len(receiver.events("/hook")) == 1
        kept.change(batches, made.id, lambda one: _changed(one, state="active"))
        await until(lambda: now_of(batches, made).sequence == 2)

    assert ids(receiver.events("/hook")) == written(batches)


async def test_after_a_restore_the_endpoint_is_told_to_begin_anew_before_anything_else(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    tell(step("1", None, "open"), step("2", None, "open"))
    restored = add(receiver.address("/restored"), state="active")
    restart(batches)
    tell(step("3", None, "open"))
    async with delivered():
        await until(lambda: now_of(batches, restored).sequence == 1)

    first, second = receiver.came
    assert first.is_handshake
    assert first.told["data"]["reason"] == "EPOCH_CHANGED"
    assert second.told["subject"] == "Signal/3"
    assert now_of(batches, restored).feed_epoch == 2


async def test_what_is_no_longer_kept_is_said(
    delivered: Delivered, receiver: Receiver, add: Add, tell: Tell, batches: BatchSession
) -> None:
    tell(step("1", None, "open"), moment="2025-01-01T00:00:00Z")
    late = add(receiver.address("/late"), state="active", sequence=0)
    tell(step("2", None, "open"))
    forget(batches, "2025-06-01T00:00:00Z")
    async with delivered():
        await until(lambda: now_of(batches, late).sequence == 2)

    assert [one.told["data"].get("reason") for one in receiver.came] == ["CURSOR_TOO_OLD", None]
    assert receiver.came[1].told["subject"] == "Signal/2"


def _changed(webhook: Webhook, **given: object) -> Webhook:
    return replace(webhook, **given)
