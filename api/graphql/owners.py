"""Who owns a company, directly and through others."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import strawberry

from api.graphql.context import Asked
from api.graphql.told import told
from graph.errors import UsageError
from queries.ownership import interests as stated
from queries.ownership import owners as rows
from queries.ownership.interests import STEPS


@told()
class Interest(stated.Interest):
    """One interest of an owner in a company, as one record states it."""


@told(label="LegalEntity", id="owner_id")
class Owner(rows.Owner):
    """One owner of a company, directly or through others; a bound of null is not known at all."""


@told(label="LegalEntity", id="entity_id")
class Owners(rows.Owners):
    """Who owns a company, and what that is worked out of."""


async def owners(
    info: Asked,
    id: strawberry.ID,
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = STEPS,
) -> Owners | None:
    """Who owns a company, at most `depth` steps up, with effective share and effective control.

    Shares are between a lower and an upper bound: where a source tells a range or no share, nothing
    is guessed. Circles of owners are solved. Nothing when there is no such company.
    """
    if not 1 <= depth <= STEPS:
        raise UsageError(f"depth is {depth}", remedy=f"ask for 1 to {STEPS} steps")
    found = await rows.owners(
        info.context.graph, entity_id=id, valid_on=valid_on, known_at=known_at, depth=depth
    )
    return cast("Owners | None", found)
