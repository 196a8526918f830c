"""What every resolver is given beside its arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from strawberry.types import Info

from graph.access.principal import Principal
from graph.connection import BatchSession, ReadSession
from graph.evidence import EvidenceStore


@dataclass(frozen=True, slots=True)
class Hand:
    """What carries decisions out."""

    session: BatchSession
    evidence: EvidenceStore
    clock: Callable[[], datetime]
    loads: Lock
    """One load at a time in this process: the lease of loads knows processes alone."""


@dataclass(slots=True)
class Context:
    """One request: the graph as who asks may see it, and the id by which log lines are found."""

    graph: ReadSession
    request_id: str
    base_currency: str
    """In which amounts of several currencies are told together."""
    principal: Principal
    key_scopes: tuple[str, ...]
    """What its key is for."""
    hand: Hand
    purpose: str | None
    """What it is asked for, by the header X-Purpose."""

    @property
    def principal_id(self) -> str:
        """Whose budget it is."""
        return self.graph.scope.principal_id


Asked = Info[Context, None]
"""The `info` argument of our resolvers."""
