"""The records of sources behind a finding."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Evidence:
    """One version of one record of a source."""

    record_id: str
    system: str
    record_type: str
    native_id: str
    known_from: str
    """When we first read this version, as ISO text."""
    file: str | None
    line: int | None


async def records(graph: ReadSession, *, record_ids: list[str]) -> list[Evidence]:
    """The records with these ids of versions; those that we do not have are left out."""
    return await ask(graph, __file__, Evidence, record_ids=record_ids)
