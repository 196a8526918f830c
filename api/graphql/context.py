"""What every resolver is given beside its arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strawberry.types import Info

from graph.connection import ReadSession
from graph.settings import Settings


@dataclass(slots=True)
class Context:
    """One request: the graph as it may be read, and the day that is today."""

    graph: ReadSession
    settings: Settings
    today: date
    request_id: str = ""


Asked = Info[Context, None]
"""The `info` argument of our resolvers."""
