"""Whether this process lives, has started, and can answer."""

from __future__ import annotations

import asyncio

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.connection import ReadSession
from graph.errors import EngineError

ANSWERS = "// Public: it says nothing.\nRETURN 1 AS one"
SECONDS = 1.5
"""How long the database may take to say that it is there."""


async def live(request: Request) -> Response:
    """The process answers."""
    return _said(200, "live")


async def started(request: Request) -> Response:
    """The process has done what it does once: nobody is answered before that."""
    return _said(200, "started")


async def ready(request: Request) -> Response:
    """The database answers."""
    graph: ReadSession = request.app.state.graph
    try:
        async with asyncio.timeout(SECONDS):
            await graph.rows(ANSWERS, tries=1)
    except (EngineError, TimeoutError) as error:
        return _said(503, "not ready", reason=getattr(error, "what", "it takes too long"))
    return _said(200, "ready")


def _said(status: int, state: str, **more: str) -> Response:
    body = orjson.dumps({"status": state, **more})
    headers = {"Cache-Control": "no-store"}
    return Response(body, status, headers, "application/json")
