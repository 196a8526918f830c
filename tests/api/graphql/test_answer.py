"""Which requests are carried out at all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from graphql import build_schema

from api.graphql.answer import Desk, Request, answer
from api.graphql.budget import Budgets
from api.graphql.context import Context
from api.graphql.document import AD_HOC, Reading
from api.graphql.trusted import TrustedDocuments
from graph.access.key import SCOPES

SCHEMA = build_schema("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }")
DESK = Desk(SCHEMA, Reading(SCHEMA, AD_HOC), TrustedDocuments({}), Budgets(1_000, lambda: 0.0))


async def code_of(query: str, **more: Any) -> tuple[int, str | None]:
    told = await answer(
        DESK,
        Request(query, **more),
        cast(Context, SimpleNamespace(principal_id="ada", key_scopes=SCOPES)),
    )
    return told.status, next(iter(told.refused_by), None)


async def test_what_changes_something_is_not_asked_by_a_method_that_changes_nothing() -> None:
    assert await code_of("mutation { a }", only_reads=True) == (405, "METHOD")
    assert await code_of("mutation { a }") == (200, None)
    assert await code_of("{ a }", only_reads=True) == (200, None)


async def test_a_subscription_is_not_asked_here() -> None:
    assert await code_of("subscription { a }") == (422, "SUBSCRIPTION_NOT_HERE")
