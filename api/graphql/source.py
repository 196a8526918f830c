"""The systems that we load from."""

from __future__ import annotations

from datetime import date
from typing import cast

from api.graphql.context import Asked
from api.graphql.told import told
from queries.load.freshness import Freshness, freshness


@told(label="SourceSystem", id="source_id")
class Source(Freshness):
    """A system that we load from, and how fresh what we have of it is."""


async def sources(info: Asked, valid_on: date | None = None) -> list[Source]:
    """Every source with its last complete load, up to a day where one is given."""
    return cast("list[Source]", await freshness(info.context.graph, valid_on=valid_on))
