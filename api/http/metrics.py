"""Figures for Prometheus at /metrics: of requests, refusals, documents and statements.

Labels have few values: an operation is the name of a trusted document or `ad hoc`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from api.graphql.answer import Desk
from api.http.problem import Problem
from graph.access.principal import Role
from graph.asked import Asked

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The figures of one application."""

    def __init__(self, desk: Desk, asked: Callable[[], Asked | None]) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Counted(desk, asked))
        self._requests = Counter(
            "footprint_graphql_requests",
            "GraphQL requests by operation and status.",
            ("operation", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "footprint_graphql_request_seconds",
            "How long GraphQL requests took.",
            ("operation",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._refusals = Counter(
            "footprint_graphql_refusals",
            "GraphQL requests that were not carried out, by the code of the limit or the reason.",
            ("code",),
            registry=self.registry,
        )

    def answered(
        self, operation: str, status: int, seconds: float, refused_by: Iterable[str] = ()
    ) -> None:
        """Count one request."""
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)
        for code in set(refused_by):
            self._refusals.labels(code).inc()


class _Counted(Collector):
    """What is counted where it happens, read when somebody asks."""

    def __init__(self, desk: Desk, asked: Callable[[], Asked | None]) -> None:
        self._desk = desk
        self._asked = asked

    def collect(self) -> Iterator[Metric]:
        read = CounterMetricFamily(
            "footprint_graphql_documents",
            "Ad hoc documents, by whether they were read and validated before.",
            labels=("known",),
        )
        read.add_metric(("yes",), self._desk.ad_hoc.hits)
        read.add_metric(("no",), self._desk.ad_hoc.misses)
        yield read
        asked = self._asked() or Asked()
        yield CounterMetricFamily(
            "footprint_statements", "Statements that the database answered.", asked.statements
        )
        yield CounterMetricFamily(
            "footprint_statement_rows", "Rows that the database answered.", asked.rows
        )
        yield GaugeMetricFamily(
            "footprint_distinct_statements",
            "Different statements since the start; each has a plan of its own.",
            asked.distinct,
        )


async def metrics(request: Request) -> Response:
    """All figures in the text format of Prometheus, for who runs this."""
    asker = await request.app.state.keyring.asker(request.headers.get("authorization"))
    if asker.principal.role is not Role.administrator:
        raise Problem(403, "FORBIDDEN", "figures are for administrators")
    told: Metrics = request.app.state.metrics
    return Response(generate_latest(told.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
