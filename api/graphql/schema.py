"""The GraphQL schema: every root field, from the modules of its subjects."""

from __future__ import annotations

import strawberry
from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.graphql.entity import EntityMatch, LegalEntity, legal_entity, search
from api.graphql.family import Ancestor, HierarchyChange, ancestors, hierarchy_changes
from api.graphql.hierarchy import Hierarchy, hierarchy
from api.graphql.scalars import SCALARS
from api.graphql.signal import Signal, signals
from api.graphql.source import Source, sources


def _field(resolver: object) -> object:
    """A root field described by its resolver's docstring."""
    description = " ".join((resolver.__doc__ or "").split())
    return strawberry.field(resolver=resolver, description=description)  # type: ignore[call-overload]


@strawberry.type(description="Everything that can be asked.")
class Query:
    """Everything that can be asked."""

    ancestors: list[Ancestor] = _field(ancestors)  # type: ignore[assignment]
    hierarchy: Hierarchy | None = _field(hierarchy)  # type: ignore[assignment]
    hierarchy_changes: list[HierarchyChange] = _field(hierarchy_changes)  # type: ignore[assignment]
    legal_entity: LegalEntity | None = _field(legal_entity)  # type: ignore[assignment]
    search: list[EntityMatch] = _field(search)  # type: ignore[assignment]
    signals: list[Signal] = _field(signals)  # type: ignore[assignment]
    sources: list[Source] = _field(sources)  # type: ignore[assignment]


def build_schema() -> GraphQLSchema:
    """The schema, as the executor takes it."""
    made = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))
    return made._schema


def printed(schema: GraphQLSchema) -> str:
    """The schema in its definition language, sorted: `web/schema.graphql`."""
    return print_schema(lexicographic_sort_schema(schema)) + "\n"
