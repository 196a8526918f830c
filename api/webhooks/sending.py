"""Sends one delivery, and says what came of it."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from api.webhooks.address import AddressRefused

PATIENCE = 15.0
"""Seconds that an endpoint may take to answer."""
READ = 4_096
"""Bytes of an answer that are read."""
OUTCOMES = (
    "delivered",
    "gone",
    "throttled",
    "status",
    "timeout",
    "connection",
    "address",
    "challenge",
)
ASKS_TO_WAIT = (429, 502, 503, 504)
AGENT = {"User-Agent": "Footprint-Webhooks/1", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt."""

    name: str
    """One of OUTCOMES."""
    seconds: float
    status: int | None = None
    error: str | None = None
    wait: float | None = None
    """Seconds that the endpoint asks us to wait."""
    body: bytes = b""
    """The beginning of its answer."""


async def send(
    client: httpx.AsyncClient,
    address: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
    patience: float = PATIENCE,
) -> Outcome:
    """One POST; redirects are answers like others, and not followed."""
    began = time.perf_counter()
    try:
        async with (
            asyncio.timeout(patience),
            client.stream("POST", address, content=body, headers={**AGENT, **headers}) as answer,
        ):
            read = await _beginning(answer)
            return _outcome(answer, read, time.perf_counter() - began, now)
    except (TimeoutError, httpx.TimeoutException):
        name, error = "timeout", f"no answer within {patience:g} s"
    except AddressRefused as refused:
        name, error = "address", str(refused)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as failed:
        name, error = "connection", f"{type(failed).__name__}: {failed}"[:200]
    return Outcome(name, time.perf_counter() - began, error=error)


async def _beginning(answer: httpx.Response) -> bytes:
    read = b""
    async for part in answer.aiter_raw(READ):
        read += part
        if len(read) >= READ:
            break
    return read[:READ]


def _outcome(answer: httpx.Response, read: bytes, seconds: float, now: datetime) -> Outcome:
    status = answer.status_code
    if answer.is_success:
        return Outcome("delivered", seconds, status, body=read)
    wait = None
    if status in ASKS_TO_WAIT:
        wait = seconds_of(answer.headers.get("retry-after", ""), now)
    name = {410: "gone", 429: "throttled"}.get(status, "status")
    return Outcome(name, seconds, status, f"answered {status} {answer.reason_phrase}"[:200], wait)


def seconds_of(retry_after: str, now: datetime) -> float | None:
    """The seconds that a Retry-After means (RFC 9110), a number or a date; None for neither."""
    try:
        if retry_after.isascii() and retry_after.isdigit():
            return float(retry_after[:10])
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return float(math.ceil(max(0.0, (moment - now).total_seconds())))
