"""Gives every request an id and writes one line about it when it has been answered."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

HEADER = "x-request-id"
_TAKEN = re.compile(r"[\w.:-]{8,80}")
"""An id that a proxy in front has given is kept, if it is one."""


class RequestLog:
    """ASGI middleware: an id on the way in and out, a line at the end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(HEADER.encode(), b"").decode("latin-1")
        request_id = given if _TAKEN.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            log.info(
                "request_answered",
                request_id=request_id,
                method=scope["method"],
                path=scope["path"],
                status=status or 500,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
                principal=scope["state"].get("principal_id"),
            )
