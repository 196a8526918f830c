"""Scalars of our own: moments, days, and large answers as columns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from api.graphql.weights import Cost
from graph.connection import as_text

Long = NewType("Long", int)
HierarchyColumns = NewType("HierarchyColumns", dict[str, list[Any]])


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_it_is(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment, ISO 8601; told in UTC, and read as UTC when it has no zone.",
        serialize=as_text,
        parse_value=_moment,
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day, ISO 8601.",
        serialize=as_text,
        parse_value=date.fromisoformat,
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
    ),
    Long: strawberry.scalar(
        name="Long",
        description="A whole number of more than 32 bits, told as a JSON number.",
        serialize=_as_it_is,
        parse_value=int,
    ),
    HierarchyColumns: strawberry.scalar(
        name="HierarchyColumns",
        description="A family as one object of lists of one length: each list is a field of "
        "HierarchyEntity, each place in them a company. Unknown text is empty, an unknown share "
        "is -1. In no order; parentId names the company above.",
        serialize=_as_it_is,
        directives=[Cost(weight="0.05")],
    ),
}
