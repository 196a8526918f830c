"""The family below a company: as objects, or as columns when it is large."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any, cast

import strawberry
from graphql.pyutils import camel_to_snake

from api.graphql.columns import Columns
from api.graphql.context import Asked
from api.graphql.scalars import HierarchyColumns
from api.graphql.selected import Resolved, argued, selected
from api.graphql.weights import Cost, sized
from graph.errors import UsageError
from queries.hierarchy.hierarchy import Family, family
from queries.hierarchy.in_scope import DEPTH
from queries.view import View

strawberry.enum(
    View,
    name="HierarchyView",
    description="Which hierarchy: what registers say, how we sell, who pays, or how it is led.",
)


@strawberry.enum(description="Whether a place in a family is, was, or is announced.")
class Tense(Enum):
    """Whether a place in a family is, was, or is announced."""

    present = "present"
    former = "former"
    planned = "planned"


@strawberry.type(description="One company in a family.", directives=[Cost(weight="0.1")])
class HierarchyEntity:
    """One company in a family."""

    id: strawberry.ID = strawberry.field(
        description="Its id, for ever; `out-of-scope-` and a number where it may not be seen."
    )
    parent_id: strawberry.ID | None = strawberry.field(
        description="The company above it; nothing for the root."
    )
    depth: int = strawberry.field(description="Levels below the root, which is at 0.")
    name: str | None = strawberry.field(description="Its legal name on the day.")
    jurisdiction: str | None = strawberry.field(
        description="Where it is registered: ISO 3166-1 or 3166-2."
    )
    status: str | None = strawberry.field(description="ACTIVE or INACTIVE, as registers say.")
    category: str | None = strawberry.field(description="GLEIF's entity category.")
    ended_on: date | None = strawberry.field(description="The day on which it ceased to exist.")
    is_stub: bool = strawberry.field(
        description="Whether it was only mentioned and never described."
    )
    share: float | None = strawberry.field(description="What its parent holds of it, 0 to 1.")
    is_conflicting: bool = strawberry.field(
        description="Whether it has another parent in this view, or sources differ about it."
    )
    hidden_count: int = strawberry.field(
        description="Companies directly below it that the depth left out."
    )
    starts_on: date | None = strawberry.field(description="The day of a place that is announced.")
    tense: Tense = strawberry.field(description="Whether the place is, was, or is announced.")
    is_in_scope: bool = strawberry.field(
        description="Whether you may see it: of another one only the place is told."
    )


@strawberry.enum(description="A field of HierarchyEntity.")
class HierarchyField(Enum):
    """A field of HierarchyEntity, and the column of the question that it is read from.

    It is the closed table through which a selection is asked.
    """

    id = "ids"
    parentId = "parent_ids"
    depth = "depths"
    name = "names"
    jurisdiction = "jurisdictions"
    status = "statuses"
    category = "categories"
    endedOn = "ended_ons"
    isStub = "stubs"
    share = "shares"
    isConflicting = "conflictings"
    hiddenCount = "hidden_counts"
    startsOn = "starts_ons"
    tense = "tenses"
    isInScope = "in_scopes"


COLUMNS: dict[str, str] = {name: one.value for name, one in HierarchyField.__members__.items()}
ATTRIBUTES = {name: camel_to_snake(name) for name in COLUMNS}
"""Field -> attribute of HierarchyEntity."""
NAMES = {column: name for name, column in COLUMNS.items()}


@strawberry.type(description="The family below a company, on a day and as known at a moment.")
class Hierarchy:
    """The family below a company, on a day and as known at a moment."""

    root_id: strawberry.ID = strawberry.field(
        description="The company at the top; the one it was merged into, when it was."
    )
    total_count: int = strawberry.field(description="Companies in the family, the root included.")
    hidden_count: int = strawberry.field(description="Companies that the depth left out, at least.")
    truncated: bool = strawberry.field(description="Whether the depth left any out.")
    entities: list[HierarchyEntity] = strawberry.field(
        description="The companies, in no order; for more than some thousands ask `columns`.",
        directives=[sized(5_000)],
    )
    family: strawberry.Private[Family]

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="The companies as columns, for large families.",
        directives=[sized(10_000)],
    )
    def columns(self, of: list[HierarchyField] | None = None) -> HierarchyColumns:
        """The columns that were asked for."""
        chosen = of or list(HierarchyField)
        return HierarchyColumns(
            {NAMES[one.value]: getattr(self.family, one.value) for one in chosen}
        )


async def hierarchy(
    info: Asked,
    id: strawberry.ID,
    view: View = View.legal,
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
    with_planned: bool = False,
) -> Hierarchy | None:
    """The family below a company; nothing when there is no such company."""
    if not 0 <= depth <= DEPTH:
        raise UsageError(f"depth is {depth}", remedy=f"ask for 0 to {DEPTH} levels")
    raw = info._raw_info
    asked = selected(raw, "entities")
    columns = {COLUMNS[name] for name in asked if name in COLUMNS} | _as_columns(raw)
    if {"hiddenCount", "truncated"} & selected(raw):
        columns.add("hidden_counts")
    columns.add("depths")  # the root is the one at 0
    found = await family(
        info.context.graph,
        root_id=id,
        view=view.value,
        valid_on=valid_on,
        known_at=known_at,
        depth=depth,
        with_planned=with_planned,
        columns=columns,
    )
    return _hierarchy(found, asked) if found else None


def _as_columns(raw: Resolved) -> set[str]:
    """The columns that `columns` is asked for, wherever it is selected."""
    asked: set[str] = set()
    for said in argued(raw, "columns", "of"):
        names = said if isinstance(said, list) else [said] if said else []
        # A variable holds members, a literal names.
        chosen = [one if isinstance(one, Enum) else HierarchyField[one] for one in names]
        asked |= {one.value for one in chosen or HierarchyField}
    return asked


def _hierarchy(found: Family, asked: frozenset[str]) -> Hierarchy:
    hidden = sum(found.hidden_counts)
    there = {ATTRIBUTES[name]: _told(name, getattr(found, COLUMNS[name]))
             for name in asked if name in COLUMNS}  # fmt: skip
    return Hierarchy(
        root_id=strawberry.ID(found.ids[found.depths.index(0)]),
        total_count=len(found.ids),
        hidden_count=hidden,
        truncated=hidden > 0,
        entities=cast("list[HierarchyEntity]", Columns(there, len(found.ids))),
        family=found,
    )


def _told(name: str, column: list[Any]) -> list[Any]:
    """A column as the typed field has it: what is unknown is null."""
    if name in ("parentId", "name", "jurisdiction", "status", "category"):
        return [one or None for one in column]
    if name in ("endedOn", "startsOn"):
        return [date.fromisoformat(one) if one else None for one in column]
    if name == "share":
        return [None if one < 0 else one for one in column]
    return [Tense(one) for one in column] if name == "tense" else column
