"""A signal's loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Proof:
    """The loads that brought what a signal stands on."""

    signal_id: str
    loads: list[list[Any]]
    """Each as id, source, mode, status, day it speaks for and moment, oldest first."""


async def proof(graph: ReadSession, *, signal_id: str) -> list[Proof]:
    """The loads of the signal with this id; nothing when there is no such signal."""
    return await ask(graph, __file__, Proof, signal_id=signal_id)
