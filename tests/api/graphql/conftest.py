"""The application in this process, on the database of the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import build_app
from graph.connection import ReadSession
from graph.engine import Server


@pytest.fixture
def app(empty_graph: Server) -> FastAPI:
    """The application."""
    return build_app(empty_graph)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Callable[..., Any]:
    """Ask a document; the answer's JSON, without what it cost."""

    async def ask(query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        headers = {"accept": "application/graphql-response+json"}
        answer = await client.post("/graphql", json=body, headers=headers)
        told: dict[str, Any] = answer.json()
        told.pop("extensions", None)
        return told

    return ask


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that were asked since, as they were sent."""
    sent: list[str] = []
    rows = ReadSession.rows

    async def noted(self: ReadSession, cypher: str, **parameters: Any) -> Any:
        sent.append(cypher)
        return await rows(self, cypher, **parameters)

    monkeypatch.setattr(ReadSession, "rows", noted)
    return sent
