"""When an attempt is made again, and when none is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.webhooks.schedule import WAITS, after_failure, after_success
from api.webhooks.sending import Outcome, seconds_of
from graph.access.principal import LOCAL_OPERATOR
from graph.webhooks.webhook import Webhook

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
FRESH = Webhook(
    id="w", address="https://a.example/", feed="signals", principal=LOCAL_OPERATOR,
    state="active", secret="", handshake="h", feed_epoch=1, sequence=7, created_at=NOW,
)  # fmt: skip
BROKEN = Outcome("status", 0.1, 500, "answered 500")


@given(some.lists(some.floats(0, 1), min_size=20, max_size=20))
def test_ten_attempts_are_made_over_three_days_and_a_little_whatever_the_chance(
    chances: list[float],
) -> None:
    one, now, moments = FRESH, NOW, list[datetime]()
    while one.state == "active":
        moments.append(now)
        one = after_failure(one, BROKEN, now, lambda: chances[len(moments)])
        now = one.due_at or now

    waits = [(b - a).total_seconds() for a, b in zip(moments, moments[1:], strict=False)]
    assert len(moments) == 10
    assert timedelta(hours=75) < moments[-1] - NOW < timedelta(hours=91)
    assert all(due <= wait <= due * 1.2 for due, wait in zip(WAITS, waits, strict=True))
    assert (one.state, one.sequence, one.attempts) == ("disabled", 7, 10)
    assert one.reason == "10 attempts failed in three days: answered 500"


def test_a_success_forgets_what_failed() -> None:
    failed = after_failure(FRESH, BROKEN, NOW, lambda: 0.0)

    assert failed.attempts == 1
    assert after_success(failed) == FRESH


def test_410_disables_at_once() -> None:
    gone = after_failure(FRESH, Outcome("gone", 0.1, 410, "answered 410"), NOW, lambda: 0.0)

    assert (gone.state, gone.due_at) == ("disabled", None)
    assert gone.reason == "it answered 410: it wants no more"


@pytest.mark.parametrize(("asked", "waited"), [(0, 1), (90, 90), (10**6, 24 * 3600)])
def test_who_asks_us_to_wait_is_waited_for_within_bounds(asked: float, waited: float) -> None:
    throttled = Outcome("throttled", 0.1, 429, "answered 429", wait=asked)

    slowed = after_failure(FRESH, throttled, NOW, lambda: 0.0)

    assert slowed.due_at == NOW + timedelta(seconds=waited)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 02 Jan 2026 12:01:00 GMT", 60.0),
        ("Fri, 02 Jan 2026 11:00:00 GMT", 0.0),
        ("9" * 400, 9_999_999_999.0),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(text: str, seconds: float | None) -> None:
    assert seconds_of(text, NOW) == seconds
