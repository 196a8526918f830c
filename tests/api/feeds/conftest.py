"""The application in this process and as a server, and a log that tests write."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.app import build_app
from api.http.bearer import Asker
from graph.access.principal import LOCAL_OPERATOR
from graph.connection import BatchSession
from graph.engine import Server
from graph.facts.run import Run
from graph.scope import EVERYTHING, Scope
from tests.queries.register import Toy, write


@pytest.fixture
async def app(batches: BatchSession, empty_graph: Server) -> AsyncIterator[FastAPI]:
    app = build_app(empty_graph)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.fixture
def seen_by(app: FastAPI) -> Callable[..., None]:
    """Let the application answer with the eyes of these accounts, or of all."""

    def seen_by(*accounts: str) -> None:
        scope = Scope("partner", accounts) if accounts else EVERYTHING

        async def asker(header: str | None, *, needs: str) -> Asker:
            return Asker(LOCAL_OPERATOR, scope, (needs,))

        app.state.keyring.asker = asker

    return seen_by


@pytest.fixture
def served(batches: BatchSession, empty_graph: Server) -> Iterator[str]:
    """The application as a server of its own thread: its address."""
    settings = uvicorn.Config(
        build_app(empty_graph), port=0, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def register(load: Callable[..., Run], tmp_path: Path) -> Callable[..., Run]:
    """Load a register of companies, whole: `register(company("A"), known="2024-01-02")`."""

    def register(*records: Mapping[str, Any], known: str) -> Run:
        moment = datetime.fromisoformat(known).replace(tzinfo=UTC)
        path = write(tmp_path, f"toy-{known}", *records)
        return load(Toy(), path, as_of=known, now=moment, full=True)

    return register
