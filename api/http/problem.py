"""Errors outside of GraphQL, as Problem Details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import EngineError

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that cannot be answered: status, code, and what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: dict[str, str] | None = None,
        **said: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}
        self.said = said


def problem(error: Problem, request_id: str = "") -> Response:
    """The response that tells a problem."""
    return Response(body_of(error, request_id), error.status, error.headers, MEDIA_TYPE)


def body_of(error: Problem, request_id: str = "") -> bytes:
    """A problem as JSON."""
    told = {
        "type": f"urn:footprint:problem:{error.code.lower()}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        **error.said,
    }
    if request_id:
        told["request_id"] = request_id
    return orjson.dumps(told)


async def tell_problem(request: Request, error: Exception) -> Response:
    """What a Problem is answered."""
    assert isinstance(error, Problem)
    return problem(error, getattr(request.state, "request_id", ""))


async def tell_unavailable(request: Request, error: Exception) -> Response:
    """What is answered while the database cannot be had."""
    assert isinstance(error, EngineError)
    told = Problem(503, "UNAVAILABLE", error.what, headers={"Retry-After": "5"})
    return await tell_problem(request, told)
