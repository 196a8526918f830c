"""Figures of deliveries for Prometheus, read when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.webhooks.dispatcher import Dispatcher
from api.webhooks.sending import OUTCOMES


class Deliveries(Collector):
    """What this process delivered, and what it has not."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def collect(self) -> Iterator[Metric]:
        """Attempts by outcome, endpoints that wait, and for how long."""
        posting = self._dispatcher.posting
        attempts = CounterMetricFamily(
            "footprint_webhook_attempts",
            "Attempts to deliver to a webhook, by what came of them.",
            labels=("outcome",),
        )
        for outcome in OUTCOMES:
            attempts.add_metric((outcome,), posting.counted[outcome])
        yield attempts
        running = list(self._dispatcher.running.values())
        since = [one.waiting_since for one in running if one.waiting_since]
        yield GaugeMetricFamily(
            "footprint_webhooks", "Endpoints to which this process delivers.", len(running)
        )
        yield GaugeMetricFamily(
            "footprint_webhooks_waiting",
            "Those of them for which an event waits that they have not taken.",
            len(since),
        )
        now = posting.rules.clock()
        yield GaugeMetricFamily(
            "footprint_webhook_oldest_undelivered_seconds",
            "Seconds since the oldest of these events was recorded; 0 while there is none.",
            max(((now - one).total_seconds() for one in since), default=0.0),
        )
