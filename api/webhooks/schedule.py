"""What an attempt makes of an endpoint: when the next one is, and when there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from api.webhooks.sending import Outcome
from graph.webhooks.webhook import Webhook

SECOND, MINUTE, HOUR = 1, 60, 3_600
WAITS = (
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
)
"""Between one attempt and the next, as Standard Webhooks proposes: ten attempts in 75 hours."""
JITTER = 0.2
"""Share by which a wait may be longer, by chance: endpoints that failed together come apart."""
GIVEN_UP = timedelta(days=3)
"""An endpoint that took nothing for so long is disabled by the next failure."""
LONGEST_ASKED = 24.0 * HOUR
"""Seconds that an endpoint may ask us to wait."""


def after_failure(
    webhook: Webhook, outcome: Outcome, now: datetime, chance: Callable[[], float]
) -> Webhook:
    """The endpoint after an attempt that failed; `chance` gives numbers from 0 to 1."""
    since = webhook.failing_since or now
    failed = replace(webhook, attempts=webhook.attempts + 1, failing_since=since)
    if outcome.name == "gone":
        return disabled(failed, "it answered 410: it wants no more")
    if now - since >= GIVEN_UP:
        return disabled(failed, f"{failed.attempts} attempts failed in three days: {outcome.error}")
    wait: float = WAITS[min(webhook.attempts, len(WAITS) - 1)]
    if outcome.wait is not None:
        wait = min(max(outcome.wait, SECOND), LONGEST_ASKED)
    return replace(failed, due_at=now + timedelta(seconds=wait * (1 + JITTER * chance())))


def after_success(webhook: Webhook) -> Webhook:
    """The endpoint after a delivery that was taken."""
    return replace(webhook, attempts=0, failing_since=None, due_at=None)


def disabled(webhook: Webhook, reason: str) -> Webhook:
    """The endpoint, which is told nothing more; its place is kept."""
    return replace(webhook, state="disabled", reason=reason, due_at=None)
