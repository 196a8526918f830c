"""Accounts: one by its id, and pages that lose and repeat nothing, whatever the order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from api.graphql.cursor import cursor, place_of
from api.graphql.refusal import Refusal
from graph.connection import BatchSession, ReadSession
from graph.scope import Scope
from queries.account.account import account
from queries.account.account_list import Place, Wanted, account_list
from tests.queries.conftest import graph

__all__ = ["graph"]

Ask = Callable[..., Any]
ACCOUNTS = [
    # id, name, tier, companies, signals
    ["1", "Öl AG", "gold", 2, 0],
    ["2", "acme", "gold", 1, 2],
    ["3", "Acme", "silver", 0, 1],
    ["4", None, None, 1, 0],
    ["5", "Zeta acme", "bronze", 1, 1],
]
PAGE = """
query (
  $search: String! = "", $filter: AccountFilter, $sort: AccountSort, $first: Int! = 2,
  $after: String
) {
  accounts(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id name } }
  }
}
"""


@pytest.fixture
def accounts(batches: BatchSession) -> None:
    batches.run(
        """
        UNWIND $rows AS row
        CREATE (account:Account {id: row[0], name: row[1], tier: row[2], reference: 'r' + row[0],
          record: 'record', first_seen_at: datetime('2026-01-01T00:00:00Z'),
          last_seen_at: datetime('2026-01-02T00:00:00Z')})
        CREATE (root:LegalEntity {id: 'root' + row[0], jurisdiction: CASE row[0] WHEN '1'
          THEN 'DE-BE' ELSE 'FR' END})
        CREATE (account)-[:ROOTED_AT]->(root)
        CREATE (account)<-[:COVERS]-(:Seller {id: 'seller' + row[0], name: 'Ada ' + row[0]})
        FOREACH (n IN range(1, row[3]) | CREATE (account)
          <-[:IN_FAMILY {view: 'commercial', nearest: true}]-(:LegalEntity {id: row[0] + '.' + n}))
        FOREACH (n IN range(1, row[4]) | CREATE (account)
          <-[:OF_ACCOUNT]-(:Signal {id: row[0] + '.' + n, state: 'open'}))
        CREATE (account)<-[:OF_ACCOUNT]-(:Signal {id: row[0] + '.cleared', state: 'cleared'})
        """,
        rows=ACCOUNTS,
    )
    batches.run("CREATE (:SourceRecord {id: 'record', system: 'crm'})")


@pytest.mark.usefixtures("accounts")
async def test_an_account_is_told_by_its_id_in_one_statement(
    ask: Ask, statements: list[str]
) -> None:
    answer = await ask(
        "{ account(id: 1) { id name reference tier segment rootId country sellerNames companyCount"
        " signalCount sourceId firstSeenAt lastSeenAt } nobody: account(id: 9) { id } }"
    )

    assert answer["data"] == {
        "account": {
            "id": "1", "name": "Öl AG", "reference": "r1", "tier": "gold", "segment": None,
            "rootId": "root1", "country": "DE", "sellerNames": ["Ada 1"], "companyCount": 2,
            "signalCount": 0, "sourceId": "crm", "firstSeenAt": "2026-01-01T00:00:00Z",
            "lastSeenAt": "2026-01-02T00:00:00Z",
        },
        "nobody": None,
    }  # fmt: skip
    assert len(statements) == 2  # one a root field


@pytest.mark.usefixtures("accounts")
async def test_a_page_says_where_it_lies_and_how_many_there_are(
    ask: Ask, statements: list[str]
) -> None:
    page = (await ask(PAGE, first=3))["data"]["accounts"]

    assert len(statements) == 1
    assert [one["node"]["id"] for one in page["edges"]] == ["4", "2", "3"]
    assert page["totalCount"] == 5
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": page["edges"][0]["cursor"],
        "endCursor": page["edges"][2]["cursor"],
    }
    last = (await ask(PAGE, first=3, after=page["pageInfo"]["endCursor"]))["data"]["accounts"]
    assert [one["node"]["id"] for one in last["edges"]] == ["5", "1"]
    assert (last["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)


@pytest.mark.usefixtures("accounts")
async def test_pages_together_are_the_whole_in_every_order(ask: Ask) -> None:
    by = {"name": 1, "tier": 2, "companyCount": 3, "signalCount": 4}
    for (field, column), descending in product(by.items(), (False, True)):
        whole = sorted(ACCOUNTS, key=lambda row: str(row[0]))
        whole.sort(key=lambda row: _key(row[column]), reverse=descending)
        found: list[str] = []
        after = None
        while True:
            sort = {"by": field, "descending": descending}
            page = (await ask(PAGE, sort=sort, after=after))["data"]["accounts"]
            found += [one["node"]["id"] for one in page["edges"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert found == [row[0] for row in whole], (field, descending)


def _key(value: Any) -> Any:
    return value if isinstance(value, int) else (value or "").lower()


@pytest.mark.usefixtures("accounts")
async def test_accounts_are_found_by_words_and_filters(ask: Ask) -> None:
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"search": "ACME"}, ["2", "3", "5"]),
        ({"search": "acme zet"}, ["5"]),
        ({"search": "öl"}, ["1"]),
        ({"search": "acme", "filter": {"tiers": ["gold", "bronze"]}}, ["2", "5"]),
        ({"filter": {"hasSignals": False}}, ["4", "1"]),
        ({"filter": {"countries": ["DE"]}}, ["1"]),
        ({"filter": {"sellerIds": ["seller3", "seller5"], "hasSignals": True}}, ["3", "5"]),
        ({"filter": {"segments": ["none"]}}, []),
    ]
    for given, ids in asked:
        page = (await ask(PAGE, **given, first=100))["data"]["accounts"]
        assert ([one["node"]["id"] for one in page["edges"]], page["totalCount"]) == (
            ids,
            len(ids),
        ), given


@pytest.mark.usefixtures("accounts")
async def test_an_account_that_comes_between_two_pages_moves_no_other(
    ask: Ask, batches: BatchSession
) -> None:
    first = (await ask(PAGE))["data"]["accounts"]
    batches.run("CREATE (:Account {id: '0', name: 'Aaa'}) WITH 1 AS one MATCH (a:Account {id: '3'})"
                " DETACH DELETE a")  # fmt: skip
    last = (await ask(PAGE, after=first["pageInfo"]["endCursor"]))["data"]["accounts"]

    assert [one["node"]["id"] for one in last["edges"]] == ["5", "1"]


@pytest.mark.usefixtures("accounts")
async def test_a_cursor_that_was_changed_or_is_of_another_question_is_refused(ask: Ask) -> None:
    after = (await ask(PAGE))["data"]["accounts"]["pageInfo"]["endCursor"]
    changed = [
        "", "x", "é", "=" * 9, after[:-1], after + "A", after + "=", after * 200,
        *(after[:at] + ("A" if after[at] != "A" else "B") + after[at + 1 :]
          for at in range(len(after))),
    ]  # fmt: skip
    others: list[dict[str, Any]] = [{"after": one} for one in changed]
    others += [
        {"after": after, "search": "acme"},
        {"after": after, "filter": {"hasSignals": True}},
        {"after": after, "sort": {"by": "tier"}},
    ]
    for given in others:
        (error,) = (await ask(PAGE, **given))["errors"]
        assert error["extensions"]["code"] == "INVALID_CURSOR", given
    for first in (0, 101):
        (error,) = (await ask(PAGE, first=first))["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_cursor_is_read_as_it_was_written() -> None:
    for place in (["", "id"], ["ö \u2028", "id"], [7, "id"]):
        assert place_of(["q"], cursor(["q"], *place)) == place
    with pytest.raises(Refusal):
        place_of(["other"], cursor(["q"], 7, "id"))


@pytest.mark.usefixtures("accounts")
async def test_a_foreign_account_is_answered_like_an_unknown_one(graph: ReadSession) -> None:
    eyes = graph.seen_by(Scope("seller", ("2", "5")))
    page = await account_list(eyes, Wanted([]), after=Place(), first=10)

    assert ([one.account_id for one in page.accounts], page.total_count) == (["2", "5"], 2)
    assert await account(eyes, account_ids=["1"]) == await account(eyes, account_ids=["9"]) == []
