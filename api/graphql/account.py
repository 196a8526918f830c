"""Accounts: one by its id, or pages of them as a Relay connection."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import cast

import strawberry

from api.graphql.bounds import bounded
from api.graphql.context import Asked
from api.graphql.cursor import cursor, place_of
from api.graphql.told import told
from api.graphql.weights import sized
from graph.errors import UsageError
from queries.account.account import Account as Row
from queries.account.account import account as accounts_of
from queries.account.account_list import Place, Wanted, account_list

MOST_CHOICES = 100


@told(label="Account", id="account_id")
class Account(Row):
    """The carrier's global account: a family that is sold to as one."""


@strawberry.enum(description="What accounts are sorted by; those that are equal, by their ids.")
class AccountSortField(Enum):
    """What accounts are sorted by."""

    name = "name"
    tier = "tier"
    companyCount = "company_count"
    signalCount = "signal_count"


@strawberry.input(description="In which order accounts come.")
class AccountSort:
    """In which order accounts come."""

    by: AccountSortField = strawberry.field(description="What they are sorted by.")
    descending: bool = strawberry.field(
        default=False, description="Whether the largest or last comes first."
    )


BY_NAME = AccountSort(by=AccountSortField.name)


@strawberry.input(description="Which accounts: each part that is given must hold.")
class AccountFilter:
    """Which accounts: each part that is given must hold."""

    tiers: list[str] | None = strawberry.field(default=None, description="Of one of these tiers.")
    segments: list[str] | None = strawberry.field(
        default=None, description="Of one of these market segments."
    )
    countries: list[str] | None = strawberry.field(
        default=None, description="Whose top company is in one of these countries, ISO 3166-1."
    )
    seller_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="For which one of these sellers answers today."
    )
    has_signals: bool | None = strawberry.field(
        default=None, description="Whether there are signals that a seller sees."
    )


@strawberry.type(description="Where a page lies, as Relay has it.")
class PageInfo:
    """Where a page lies."""

    has_next_page: bool = strawberry.field(description="Whether more comes after it.")
    has_previous_page: bool = strawberry.field(description="Whether it was asked after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of its first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of its last edge.")


@strawberry.type(description="One account of a page, and its place in the order.")
class AccountEdge:
    """One account of a page, and its place in the order."""

    node: Account = strawberry.field(description="The account.")
    cursor: str = strawberry.field(description="Its place: give it as `after`.")


@strawberry.type(description="A page of accounts.")
class AccountConnection:
    """A page of accounts."""

    edges: list[AccountEdge] = strawberry.field(
        description="The accounts, at most `first`.",
        directives=[sized(1)],  # the field that holds it is counted `first` times
    )
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(description="Accounts on all pages together.")


async def account(info: Asked, id: strawberry.ID) -> Account | None:
    """One account; nothing when there is none."""
    rows = await accounts_of(info.context.graph, account_ids=[id])
    return cast(Account, rows[0]) if rows else None


async def accounts(
    info: Asked,
    search: str = "",
    filter: AccountFilter | None = None,
    sort: AccountSort | None = None,
    first: int = 50,
    after: str | None = None,
) -> AccountConnection:
    """Accounts by the page, with every word of `search` in their names.

    An account that comes or goes between two pages moves none of the others.
    """
    wanted = _wanted(search, filter or AccountFilter(), sort or BY_NAME)
    question = ["accounts", asdict(wanted)]
    begin = Place(*place_of(question, after)) if after is not None else Place()
    page = await account_list(info.context.graph, wanted, after=begin, first=bounded(first))
    edges = [
        AccountEdge(node=cast(Account, one), cursor=cursor(question, place.key, place.id))
        for one, place in zip(page.accounts, page.places, strict=True)
    ]
    return AccountConnection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=page.has_more,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        total_count=page.total_count,
    )


def _wanted(search: str, filter: AccountFilter, sort: AccountSort) -> Wanted:
    for name, chosen in vars(filter).items():
        if isinstance(chosen, list) and len(chosen) > MOST_CHOICES:
            raise UsageError(
                f"{name} has {len(chosen)} choices", remedy=f"give at most {MOST_CHOICES}"
            )
    words = search.lower().split()
    return Wanted(words=words, **vars(filter), sort=sort.by.value, descending=sort.descending)
