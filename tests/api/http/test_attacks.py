"""What would keep a server busy is refused by its own code; tests/bench takes the time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.http import body as bodies
from tests.api.attacks import ATTACKS, JSON, Attack


def test_there_are_thirty() -> None:
    assert len(ATTACKS) >= 30


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_an_attack_is_refused_by_its_own_code_and_the_figure(
    client: httpx.AsyncClient, attack: Attack, statements: list[str]
) -> None:
    answer = await client.post("/graphql", content=attack.body, headers=JSON | attack.headers)
    told = answer.json()
    codes = {one.get("extensions", {}).get("code") for one in told["errors"]}

    assert (answer.status_code, codes, told.get("data")) == (attack.status, {attack.code}, None)
    assert statements == []
    if attack.code.endswith("_LIMIT"):
        assert re.search(r"at most [\d,]+|more than [\d,]+", told["errors"][0]["message"])


async def test_a_body_that_comes_too_slowly_is_not_waited_for(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.sleep(60)

    monkeypatch.setattr(bodies, "SECONDS", 0.05)
    answer = await client.post("/graphql", content=slow(), headers=JSON)

    assert (answer.status_code, answer.json()["errors"][0]) == (
        408,
        {"message": "the body did not come in 0.05 s", "extensions": {"code": "BODY_TOO_SLOW"}},
    )


async def test_a_body_that_is_cut_is_told_as_such(app: FastAPI) -> None:
    came: list[Any] = [
        {"type": "http.request", "body": b'{"query": ', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return came.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    given = JSON | {"host": "localhost"}
    headers = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql",
             "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http",
             "server": ("localhost", 80), "client": ("localhost", 1), "root_path": ""}  # fmt: skip
    async with app.router.lifespan_context(app):
        await app(scope, receive, send)

    assert sent[0]["status"] == 400
    assert b'"code":"BODY_CUT"' in sent[1]["body"]
