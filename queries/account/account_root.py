"""Where a customer begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class AccountRoot:
    """The company at the top of a customer."""

    root_id: str
    name: str | None


async def account_root(graph: ReadSession, *, id: str, valid_on: date) -> list[AccountRoot]:
    """The company at the top of the customer of this id, an account's or a company's."""
    return await ask(graph, __file__, AccountRoot, id=id, valid_on=valid_on)
