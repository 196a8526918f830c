"""What every resolver is given beside its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from strawberry.types import Info

from graph.connection import ReadSession


@dataclass(slots=True)
class Context:
    """One request: the graph as it may be read, and the id by which its log lines are found."""

    graph: ReadSession
    request_id: str
    base_currency: str
    """In which amounts of several currencies are told together."""


Asked = Info[Context, None]
"""The `info` argument of our resolvers."""
