"""Where values come from."""

from __future__ import annotations

from typing import cast

import strawberry

from api.graphql.bounds import bounded_text
from api.graphql.context import Asked
from api.graphql.told import told
from queries.entity import aliases, facts, provenance, values


@told()
class ProvenValue(values.Value):
    """One value that one record gives a property."""


@told()
class ProvenFact(facts.Fact):
    """One version of one fact."""


@told()
class RetiredId(aliases.Alias):
    """A retired id that now leads to a company."""


@told()
class Provenance(provenance.Provenance):
    """What is said of a company or a fact, by which record of which source, what lost included."""


async def why(info: Asked, id: strawberry.ID, property: str | None = None) -> Provenance | None:
    """What proves the values and facts of a company, or one fact, by its id: record, load, history.

    `property` is one property, a kind of fact (name, parent ...), or the beginning of a fact's id.
    Nothing when there is no such company or fact.
    """
    if property is not None:
        bounded_text(property)
    found = await provenance.provenance(info.context.graph, id=id, property=property)
    return cast("Provenance | None", found)
