"""The GraphQL schema: every root field, from the modules of its subjects."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from typing import Any, cast

import strawberry
from graphql import GraphQLSchema, lexicographic_sort_schema
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from api.graphql.account import account, accounts
from api.graphql.account_glance import account_glance
from api.graphql.act_on_signal import act_on_signal
from api.graphql.entity import legal_entity, search
from api.graphql.family import ancestors, hierarchy_changes
from api.graphql.held_run import approve_held_run
from api.graphql.hierarchy import hierarchy
from api.graphql.judgement import judge, withdraw_judgement
from api.graphql.owners import owners
from api.graphql.provenance import why
from api.graphql.scalars import SCALARS
from api.graphql.signal import signal, signals
from api.graphql.signal_funnel import signal_funnel
from api.graphql.source import sources
from api.graphql.weights import OF_A_DECISION, ROOT_FIELD, SLICED, SLICING, Cost, sized


def _field(resolver: Callable[..., Any], size: int | None = None) -> Any:
    """A root field described by its resolver's docstring.

    `size` is assumed of a list that has no argument `first`.
    """
    description = " ".join((resolver.__doc__ or "").split())
    listed = [sized(size)] if size else []
    if SLICING in inspect.signature(resolver).parameters:
        listed = [SLICED]
    return strawberry.field(
        resolver=resolver, description=description, directives=[*ROOT_FIELD, *listed]
    )


def _mutation(resolver: Callable[..., Any]) -> Any:
    """A mutation described by its resolver's docstring."""
    description = " ".join((resolver.__doc__ or "").split())
    costs = [Cost(weight=OF_A_DECISION)]
    return strawberry.mutation(resolver=resolver, description=description, directives=costs)


@strawberry.type(description="Everything that can be asked.")
class Query:
    """Everything that can be asked."""

    account = _field(account)
    account_glance = _field(account_glance)
    accounts = _field(accounts)
    ancestors = _field(ancestors, size=64)
    hierarchy = _field(hierarchy)
    hierarchy_changes = _field(hierarchy_changes, size=500)
    legal_entity = _field(legal_entity)
    owners = _field(owners)
    search = _field(search)
    signal = _field(signal)
    signal_funnel = _field(signal_funnel)
    signals = _field(signals)
    sources = _field(sources, size=20)
    why = _field(why)


@strawberry.type(
    description="What may be decided, one after the other, each with an entry in the audit log."
)
class Mutation:
    """What may be decided, each with an entry in the audit log."""

    act_on_signal = _mutation(act_on_signal)
    approve_held_run = _mutation(approve_held_run)
    judge = _mutation(judge)
    withdraw_judgement = _mutation(withdraw_judgement)


def build_schema() -> GraphQLSchema:
    """The schema, as the executor takes it."""
    made = strawberry.Schema(Query, Mutation, config=StrawberryConfig(scalar_map=SCALARS))
    return made._schema


def printed(schema: GraphQLSchema) -> str:
    """The schema in its definition language, sorted: `web/schema.graphql`."""
    declared = copy(cast(Any, schema)._strawberry_schema)
    declared._schema = lexicographic_sort_schema(schema)
    return print_schema(declared) + "\n"
