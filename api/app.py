"""The application: what is opened once, what an error is answered, and which address is whose."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from threading import Lock

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.feeds.over_http import ROUTES, Feeds
from api.graphql.account_glance import plan_ahead
from api.graphql.answer import AD_HOC_NAME, answer, open_desk
from api.graphql.budget import Budgets
from api.graphql.context import Context, Hand
from api.graphql.schema import build_schema
from api.http import health
from api.http.bearer import Keyring
from api.http.graphql_over_http import media_type, purpose_of, read_request, refused, respond
from api.http.metrics import Metrics, metrics
from api.http.problem import Problem, tell_problem, tell_unavailable
from api.http.request_log import RequestLog
from api.webhooks.dispatcher import dispatching
from api.webhooks.figures import Deliveries
from api.webhooks.over_http import ROUTES as WEBHOOK_ROUTES
from api.webhooks.posting import Rules
from graph.access.key import note_use
from graph.connection import open_batches, open_reads
from graph.engine import Server
from graph.errors import EngineError
from graph.evidence import EvidenceStore
from graph.facts.outbox import begin
from graph.settings import read_settings

EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""So that GraphQL itself says which one it takes."""
OUR_NAMES = ["127.0.0.1", "localhost"]
"""A page of somebody else whose name leads to this machine is not answered (DNS rebinding)."""
COST_PER_SECOND = 2_000.0
"""What a principal may ask for in a second, on and on: about a fifth of a core."""


def build_app(
    server: Server,
    *,
    anonymous: bool = True,
    base_currency: str = "EUR",
    evidence: EvidenceStore | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    webhooks: Rules | None = None,
    plans_ahead: bool = False,
) -> FastAPI:
    """The application on a server that answers; `anonymous` answers without a key too.

    `evidence` is where approved loads keep theirs; left out, where the settings say. It delivers
    webhooks by these rules, or none. With `plans_ahead` nobody waits for the plan of a large page.
    """
    kept = evidence or EvidenceStore(read_settings().evidence_address)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_batches(server) as session:
            begin(session)

            async def note(prefix: str, now: datetime) -> None:
                await asyncio.to_thread(note_use, session, prefix, now=now)

            async with open_reads(server) as graph:
                app.state.graph = graph
                app.state.hand = Hand(session, kept, clock, Lock())
                app.state.keyring = Keyring(graph, note, clock=clock, anonymous=anonymous)
                app.state.feeds = Feeds(graph)
                watch = app.state.feeds.watch
                async with dispatching(graph, session, watch, webhooks) as dispatcher:
                    if dispatcher:
                        app.state.metrics.registry.register(Deliveries(dispatcher))
                    planning = None
                    if plans_ahead:
                        planning = asyncio.create_task(plan_ahead(graph, base_currency))
                    yield
                    if planning:
                        planning.cancel()
                await watch.close()

    app = FastAPI(
        title="Footprint", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None
    )
    app.state.base_currency = base_currency
    app.state.desk = open_desk(build_schema(), Budgets(COST_PER_SECOND, time.monotonic))
    app.state.metrics = Metrics(app.state.desk, lambda: app.state.graph.asked)
    hosts = OUR_NAMES if anonymous else ["*"]  # a key is what such a page does not have
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.add_middleware(RequestLog)
    app.add_exception_handler(Problem, tell_problem)
    app.add_exception_handler(EngineError, tell_unavailable)
    app.router.routes += [
        Route("/graphql", graphql, methods=EVERY_METHOD),
        Route("/health/live", health.live),
        Route("/health/started", health.started),
        Route("/health/ready", health.ready),
        Route("/metrics", metrics),
        *ROUTES,
        *WEBHOOK_ROUTES,
    ]
    return app


async def graphql(http: Request) -> Response:
    """Answer a GraphQL request."""
    state, began = http.app.state, time.perf_counter()
    media = media_type(http.headers.get("accept", ""))
    try:
        asker = await state.keyring.asker(http.headers.get("authorization"))
        http.state.principal_id = asker.principal.id
        asked, purpose = await read_request(http), purpose_of(http)
    except Problem as error:
        state.metrics.answered(AD_HOC_NAME, error.status, time.perf_counter() - began, [error.code])
        return refused(error, media)
    seen = state.graph.seen_by(asker.scope)
    context = Context(
        seen, http.state.request_id, state.base_currency, asker.principal, asker.key_scopes,
        state.hand, purpose,
    )  # fmt: skip
    told = await answer(state.desk, asked, context)
    taken = time.perf_counter() - began
    state.metrics.answered(state.desk.operation_of(asked), told.status, taken, told.refused_by)
    return respond(told, media, http)
