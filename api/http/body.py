"""Reads a request's body up to a bound, and its JSON."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from api.http.problem import Problem

MOST_BYTES = 64 * 1024
SECONDS = 10.0
"""How long a client may take to send its body."""


async def read_body(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body; raises Problem when it is too large, too slow, or cut in the middle."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise _too_large(most, int(announced))
    try:
        async with asyncio.timeout(SECONDS):
            return await _collected(request, most)
    except TimeoutError:
        raise Problem(408, "BODY_TOO_SLOW", f"the body did not come in {SECONDS:g} s") from None
    except ClientDisconnect:
        raise Problem(400, "BODY_CUT", "the connection ended in the middle of the body") from None


async def _collected(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise _too_large(most)
        parts.append(part)
    return b"".join(parts)


def read_json(body: bytes) -> Any:
    """The body's JSON; raises Problem when it is none."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem(400, "NOT_JSON", f"the body is not JSON: {error}") from None


def _too_large(most: int, size: int | None = None) -> Problem:
    found = f"{size:,} bytes" if size else f"more than {most:,} bytes"
    return Problem(413, "BODY_LIMIT", f"the body has {found}, at most {most:,}", allowed=most)
