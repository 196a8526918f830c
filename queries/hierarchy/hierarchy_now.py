"""The family below a company as it stands today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.in_scope import DEPTH, in_scope


@dataclass(slots=True)
class HierarchyNow:
    """A family in columns of one length; text is empty where nothing is known."""

    ids: list[str]
    parent_ids: list[str]
    """Empty for the root."""
    depths: list[int]
    names: list[str]
    jurisdictions: list[str]
    statuses: list[str]
    categories: list[str]
    ended_ons: list[str]
    """Days as ISO text."""
    stubs: list[bool]
    """Whether it was only mentioned and never described."""
    shares: list[float]
    """What the parent holds, 0 to 1; -1 where no source says it."""
    conflictings: list[bool]
    """Whether it has another parent in this view, or sources differ about it."""
    hidden_counts: list[int]
    """Children below the depth that was asked for."""
    in_scopes: list[bool]
    """Whether it may be seen; of another one nothing is told but its place."""


async def hierarchy_now(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    depth: int = DEPTH,
    columns: Collection[str] | None = None,
) -> list[HierarchyNow]:
    """The family below a company today; nothing when there is no such company."""
    asked = partial(ask, graph, __file__, HierarchyNow, root_id=root_id, view=view)
    return await in_scope(graph, asked, depth=depth, columns=columns)
