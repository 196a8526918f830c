"""What every resolver is given beside its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from strawberry.types import Info

from graph.access.principal import Principal
from graph.connection import ReadSession


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

    @property
    def principal_id(self) -> str:
        """Whose budget it is."""
        return self.graph.scope.principal_id


Asked = Info[Context, None]
"""The `info` argument of our resolvers."""
