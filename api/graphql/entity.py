"""Companies: one by its id, several by a name."""

from __future__ import annotations

from typing import cast

import strawberry

from api.graphql.bounds import bounded, bounded_text
from api.graphql.context import Asked
from api.graphql.told import told
from queries.entity.entity import Entity, entity
from queries.entity.find import Match, matches


@told(label="LegalEntity", id="entity_id")
class LegalEntity(Entity):
    """One company, branch, fund or sole proprietor, as it stands now."""


@told(label="LegalEntity", id="entity_id")
class EntityMatch(Match):
    """One company that was found, and how."""


async def legal_entity(info: Asked, id: strawberry.ID) -> LegalEntity | None:
    """One company, also by an id that was retired; nothing when there is none."""
    rows = await entity(info.context.graph, entity_id=id)
    return cast(LegalEntity, rows[0]) if rows else None


async def search(info: Asked, text: str, first: int = 10) -> list[EntityMatch]:
    """Companies by name, with its faults, or by any number exactly; the best first."""
    found = await matches(info.context.graph, bounded_text(text), limit=bounded(first))
    return cast("list[EntityMatch]", found)
