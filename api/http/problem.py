"""Errors outside of GraphQL, as Problem Details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

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
    return Response(orjson.dumps(told), error.status, error.headers, MEDIA_TYPE)


async def tell_problem(request: Request, error: Exception) -> Response:
    """What a Problem is answered."""
    assert isinstance(error, Problem)
    return problem(error, getattr(request.state, "request_id", ""))
