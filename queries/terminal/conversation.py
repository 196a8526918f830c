"""The one place where a command asks: it finds the server, opens a session and runs the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from graph.connection import ReadSession, open_batches, open_reads
from graph.engine import open_server
from graph.errors import UsageError
from graph.evidence import EvidenceStore
from graph.schema import ensure_schema
from graph.terminal import progress, settings_of_process

Answer = TypeVar("Answer")


def converse(question: Callable[[ReadSession], Awaitable[Answer]]) -> Answer:
    """The answer to a question put to the database of this installation, started if need be."""
    server = open_server(settings_of_process(), progress=progress)
    with open_batches(server) as session:
        ensure_schema(session)

    async def asked() -> Answer:
        async with open_reads(server) as graph:
            return await question(graph)

    return asyncio.run(asked())


def evidence_store() -> EvidenceStore:
    """Where the payloads of records are kept."""
    return EvidenceStore(settings_of_process().evidence_address)


def moment_of(text: str | None, option: str) -> datetime | None:
    """A moment as typed: a day alone means its end, a time without a zone is UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{text}T23:59:59.999" if len(text) == 10 else text)
    except ValueError as error:
        raise UsageError(
            f"{option} {text} is not a moment ({error})",
            remedy=f"like {option} 2026-01-31 or {option} 2026-01-31T08:00",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
