"""Webhooks over HTTP, for whom they tell: which there are, and what became of deliveries."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.problem import Problem
from graph.access.principal import Role
from graph.webhooks import webhook as kept
from graph.webhooks.webhook import Webhook

MOST = 1_000
"""Receipts that are told."""
PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Authorization"}
TOLD = (
    "id",
    "address",
    "feed",
    "state",
    "reason",
    "attempts",
    "failing_since",
    "due_at",
    "former_until",
    "created_at",
)


async def index(request: Request) -> Response:
    """The webhooks of who asks; of all for an administrator."""
    found = [{name: getattr(one, name) for name in TOLD} for one in await _own(request)]
    return _told({"webhooks": found})


async def receipts(request: Request) -> Response:
    """The newest attempts to deliver to a webhook of who asks."""
    id = request.path_params["id"]
    if id not in [one.id for one in await _own(request)]:
        raise Problem(404, "UNKNOWN_WEBHOOK", "you have no webhook with this id: GET /webhooks")
    found = await asyncio.to_thread(kept.receipts, request.app.state.hand.session, id, most=MOST)
    return _told({"receipts": [asdict(one) for one in found]})


ROUTES = [Route("/webhooks", index), Route("/webhooks/{id}/receipts", receipts)]


async def _own(request: Request) -> list[Webhook]:
    state = request.app.state
    asker = await state.keyring.asker(request.headers.get("authorization"), needs="feeds:read")
    request.state.principal_id = asker.principal.id
    found = await asyncio.to_thread(kept.webhooks, state.hand.session)
    if asker.principal.role is Role.administrator:
        return found
    return [one for one in found if one.principal.id == asker.principal.id]


def _told(value: object) -> Response:
    return Response(orjson.dumps(value), headers=PRIVATE, media_type="application/json")
