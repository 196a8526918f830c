"""The application: what is opened once, what an error is answered, and which address is whose."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.graphql.answer import Answer, answer
from api.graphql.context import Context
from api.graphql.document import Limits, Reading
from api.graphql.schema import build_schema
from api.http import health
from api.http.graphql_over_http import media_type, read_request, refused, respond
from api.http.problem import Problem, tell_error, tell_problem
from api.http.request_log import RequestLog
from graph.connection import open_reads
from graph.engine import Server
from graph.errors import FootprintError
from graph.settings import Settings

EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""So that GraphQL itself says which one it takes."""
Today = Callable[[], date]


def today_in_utc() -> date:
    """The day that is today."""
    return datetime.now(UTC).date()


def build_app(settings: Settings, server: Server, today: Today = today_in_utc) -> FastAPI:
    """The application on a server that answers."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_reads(server) as graph:
            app.state.graph = graph
            yield

    app = FastAPI(
        title="Footprint", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None
    )
    app.state.settings, app.state.today = settings, today
    app.state.schema = build_schema()
    app.state.reading = Reading(app.state.schema, Limits())
    app.add_middleware(RequestLog)
    app.add_exception_handler(Problem, tell_problem)
    app.add_exception_handler(FootprintError, tell_error)
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
    context = Context(state.graph, state.settings, state.today(), http.state.request_id)
    told: Answer = await answer(state.schema, state.reading, asked, context)
    return respond(told, media)
