"""The application: what is opened once, what an error is answered, and which address is whose."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.graphql.answer import Answer, answer
from api.graphql.context import Context
from api.graphql.document import Limits, Reading
from api.graphql.schema import build_schema
from api.http import health
from api.http.graphql_over_http import media_type, read_request, refused, respond
from api.http.problem import Problem, tell_problem
from api.http.request_log import RequestLog
from graph.connection import open_reads
from graph.engine import Server

EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""So that GraphQL itself says which one it takes."""
OUR_NAMES = ["127.0.0.1", "localhost"]
"""A page of somebody else whose name leads to this machine is not answered (DNS rebinding)."""


def build_app(server: Server, *, base_currency: str = "EUR") -> FastAPI:
    """The application on a server that answers."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_reads(server) as graph:
            app.state.graph = graph
            yield

    app = FastAPI(
        title="Footprint", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None
    )
    app.state.base_currency = base_currency
    app.state.schema = build_schema()
    app.state.reading = Reading(app.state.schema, Limits())
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=OUR_NAMES, www_redirect=False)
    app.add_middleware(RequestLog)
    app.add_exception_handler(Problem, tell_problem)
    app.router.routes += [
        Route("/graphql", graphql, methods=EVERY_METHOD),
        Route("/health/live", health.live),
        Route("/health/started", health.started),
        Route("/health/ready", health.ready),
    ]
    return app


async def graphql(http: Request) -> Response:
    """Answer a GraphQL request."""
    state = http.app.state
    media = media_type(http.headers.get("accept", ""))
    try:
        asked = await read_request(http)
    except Problem as error:
        return refused(error, media)
    context = Context(state.graph, http.state.request_id, state.base_currency)
    told: Answer = await answer(state.schema, state.reading, asked, context)
    return respond(told, media)
