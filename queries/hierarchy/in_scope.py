"""A family as a principal may see it: whoever it may not see is only a place on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from graph.connection import ReadSession

if TYPE_CHECKING:
    from queries.hierarchy.hierarchy_now import HierarchyNow

DEPTH = 64
"""The longest chain of parents that is followed; a deeper one is a defect of the data."""
STUB = "out-of-scope-"
"""How the id of a place begins whose company may not be seen; it is good for one answer."""
PLACES = ("ids", "parent_ids", "depths", "in_scopes")
"""Columns by which a tree is cut to what may be seen."""

Tree = TypeVar("Tree", bound="HierarchyNow")


async def in_scope(
    graph: ReadSession,
    asked: Callable[..., Awaitable[list[Tree]]],
    *,
    depth: int,
    columns: Collection[str] | None,
) -> list[Tree]:
    """The tree that a statement gives, down to a depth, with what the session's scope may see.

    Under a limited scope the whole tree is read: what lies below decides whether a place is shown.
    """
    depth = min(depth, DEPTH)
    if graph.scope.is_everything:
        return [row for row in await asked(columns=columns, depth=depth) if row.ids]
    needed = None if columns is None else {*columns, *PLACES}
    return [_seen(row, depth) for row in await asked(columns=needed, depth=DEPTH) if row.ids]


def _seen(row: Tree, depth: int) -> Tree:
    """The tree without whom may not be seen, but for stubs where somebody who may stands below."""
    shown = _shown(row)
    strangers = [
        id for id, mine in zip(row.ids, row.in_scopes, strict=True) if id in shown and not mine
    ]
    stubs = {id: f"{STUB}{at}" for at, id in enumerate(dict.fromkeys(strangers), start=1)}
    below = Counter(
        parent
        for id, parent, level in zip(row.ids, row.parent_ids, row.depths, strict=True)
        if id in shown and level == depth + 1
    )
    places = [
        at for at, id in enumerate(row.ids) if id in shown and row.depths[at] <= depth
    ]  # fmt: skip
    columns: dict[str, list[Any]] = {
        one.name: _blanked(one.name, getattr(row, one.name), row, places) for one in fields(row)
    }
    if row.hidden_counts:
        columns["hidden_counts"] = [
            below[row.ids[at]] if row.depths[at] == depth else 0 for at in places
        ]
    for name in ("ids", "parent_ids"):
        columns[name] = [stubs.get(id, id) for id in columns[name]]
    if row.shares:
        columns["shares"] = [
            -1.0 if row.parent_ids[at] in stubs else share
            for at, share in zip(places, columns["shares"], strict=True)
        ]
    return replace(row, **columns)


def _shown(row: HierarchyNow) -> set[str]:
    """Everybody who may be seen, and everybody above them in this tree."""
    above: Mapping[str, set[str]] = defaultdict(set)
    for id, parent in zip(row.ids, row.parent_ids, strict=True):
        above[id].add(parent)
    shown: set[str] = set()
    waiting = [id for id, mine in zip(row.ids, row.in_scopes, strict=True) if mine]
    while waiting:
        id = waiting.pop()
        if id and id not in shown:
            shown.add(id)
            waiting += above[id]
    return shown


def _blanked(
    name: str, column: Sequence[Any], row: HierarchyNow, places: Sequence[int]
) -> list[Any]:
    """A column at these places; what it says of strangers is as if nothing were known."""
    if not column or name in PLACES:
        return [column[at] for at in places] if column else []
    nothing = {str: "", bool: False, float: -1.0, int: 0}[type(column[0])]
    return [column[at] if row.in_scopes[at] else nothing for at in places]
