"""What is above a company, and what changed below it."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import strawberry

from api.graphql.context import Asked
from api.graphql.told import told
from queries.hierarchy.ancestors import Ancestor as AncestorRow
from queries.hierarchy.ancestors import ancestors as ancestors_of
from queries.hierarchy.changes import Change as ChangeRow
from queries.hierarchy.changes import changes
from queries.view import View


@told(label="LegalEntity", id="ancestor_id")
class Ancestor(AncestorRow):
    """One company above another, over controlling parents."""


@told(label="LegalEntity")
class HierarchyChange(ChangeRow):
    """One difference between a family then and a family later, with its reason and source."""


async def ancestors(
    info: Asked,
    id: strawberry.ID,
    view: View = View.legal,
    valid_on: date | None = None,
    known_at: datetime | None = None,
) -> list[Ancestor]:
    """The controlling parents above a company, nearest first; at most 64."""
    found = await ancestors_of(
        info.context.graph,
        entity_id=id,
        view=view.value,
        valid_on=valid_on,
        known_at=known_at,
    )
    return cast("list[Ancestor]", found)


async def hierarchy_changes(
    info: Asked,
    id: strawberry.ID,
    from_on: date,
    to_on: date,
    view: View = View.legal,
    known_from: datetime | None = None,
    known_to: datetime | None = None,
) -> list[HierarchyChange]:
    """What is different below a company on a day from an earlier day, each with its reason.

    With one day and two moments it is what was learnt between them about that day.
    """
    found = await changes(
        info.context.graph,
        root_id=id,
        from_on=from_on,
        to_on=to_on,
        view=view.value,
        known_from=known_from,
        known_to=known_to,
    )
    return cast("list[HierarchyChange]", found)
