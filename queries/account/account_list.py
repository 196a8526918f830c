"""A page of accounts as they stand: which they are and what they are, in one statement."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from graph.composition import First, Parameter
from graph.connection import ReadSession
from queries.account.account import Account, account
from queries.account.account_page import AccountPage, Key, Sort, account_page
from queries.together import Asked, Together, asked


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts, and in which order; a filter of None keeps all."""

    words: list[str]
    """Each is in the account's name; in lower case."""
    tiers: list[str] | None = None
    segments: list[str] | None = None
    countries: list[str] | None = None
    seller_ids: list[str] | None = None
    has_signals: bool | None = None
    sort: Sort = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order: after the account that had this key and this id."""

    key: Key | None = None
    id: str | None = None


@dataclass(slots=True)
class AccountList:
    """A page of accounts, in their order."""

    accounts: list[Account]
    places: list[Place]
    """Of each of them."""
    total_count: int
    """Accounts that the filter finds, on all pages."""
    has_more: bool


OF_PAGE = [field.name for field in fields(Wanted)] + ["after_key", "after_id", "limit"]
PAGE = Together(
    page=Asked(account_page, {name: Parameter(name) for name in OF_PAGE}),
    accounts=asked(account, account_ids=First("page", "ids")),
)


async def account_list(
    graph: ReadSession, wanted: Wanted, *, after: Place, first: int
) -> AccountList:
    """The first accounts after a place."""
    found = await PAGE.ask(
        graph, **asdict(wanted), after_key=after.key, after_id=after.id, limit=first + 1
    )
    page: AccountPage = found["page"][0]
    told: dict[str, Account] = {one.account_id: one for one in found["accounts"]}
    return AccountList(
        [told[id] for id in page.ids[:first]],
        [Place(*one) for one in zip(page.keys[:first], page.ids[:first], strict=True)],
        page.total_count,
        len(page.ids) > first,
    )
