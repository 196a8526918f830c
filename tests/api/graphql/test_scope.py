"""What principals are answered, beside what Python says that they may see: ten in each world."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from api.app import build_app
from api.graphql.document import Limits
from graph.access.enrolled import enrol
from graph.access.key import SCOPES, create_key
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from tests.api.graphql.test_injection import DOCUMENT, PAYLOADS
from tests.queries.small_world import WORLDS, World, a_world, write_world

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
PRINCIPALS = 10
QUESTION = """
fragment places on Hierarchy {
  rootId totalCount hiddenCount truncated columns(of: [id, name])
  entities { id parentId depth name status share isConflicting hiddenCount isInScope }
}
query ($id: ID!, $depth: Int!, $account: ID!) {
  hierarchy(id: $id, depth: $depth) { ...places }
  sold: hierarchy(id: $id, view: commercial, depth: $depth) { ...places }
  then: hierarchy(id: $id, validOn: "2025-06-01", depth: $depth) { ...places }
  ancestors(id: $id) { id name depth share factId isInScope }
  legalEntity(id: $id) { id name childCount }
  search(text: "quarz", first: 100) { id name childCount }
  signals(first: 100) { id accountId accountName message inhibitedBy }
  of: signals(accountId: $account) { id }
  hierarchyChanges(id: $id, fromOn: "2025-06-01", toOn: "2026-06-01") {
    kind entityId name fromId fromName toId toName factId
  }
  sources { id }
}
"""


@pytest.fixture
async def keyed(
    empty_graph: Server, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that requires keys and has no limits, at noon of a day."""
    monkeypatch.setattr("api.graphql.answer.AD_HOC", Limits(nodes=10**9, cost=10**9))
    monkeypatch.setattr("api.app.COST_PER_SECOND", 1e9)
    app = build_app(empty_graph, anonymous=False, clock=lambda: NOW)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


@pytest.fixture
def key_of(batches: BatchSession) -> Callable[..., str]:
    """The key of a new partner to whom these accounts are opened."""

    def key_of(name: str, accounts: set[str]) -> str:
        partner = enrol(batches, name, Role.partner, now=NOW, accounts=sorted(accounts))
        return create_key(batches, partner, now=NOW, scopes=SCOPES)[0]

    return key_of


async def asked(client: httpx.AsyncClient, key: str, document: str, **given: Any) -> bytes:
    """The bytes that a document is answered."""
    body = {"query": document, "variables": given}
    answer = await client.post("/graphql", json=body, headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    if "extensions" in told:
        del told["extensions"]["cost"]["throttleStatus"]  # it is another one each time
    return orjson.dumps(told)


Paths = Counter[tuple[tuple[str | None, ...], bool, int]]
"""How often a path of names from the root down is told, if it may be seen, with what is cut off."""


def tree(
    world: World, some: set[str], root: int, depth: int, parent: Callable[[int], int | None]
) -> Paths | None:
    """The tree as it may be told; None where its root may not be seen."""
    if not world.sees(some, root):
        return None
    below = {one: [two for two in range(world.size) if parent(two) == one]
             for one in range(world.size)}  # fmt: skip

    def shown(one: int) -> bool:
        return world.sees(some, one) or any(map(shown, below[one]))

    found: Paths = Counter()
    waiting: list[tuple[int, tuple[str | None, ...]]] = [(root, ())]
    while waiting:
        one, above = waiting.pop()
        seen = world.sees(some, one)
        path = (*above, world.name(one) if seen else None)
        children = [two for two in below[one] if shown(two)]
        cut = len(path) == depth + 1
        found[path, seen, len(children) if cut else 0] += 1
        waiting += [] if cut else [(two, path) for two in children]
    return found


def told_tree(told: dict[str, Any] | None) -> Paths | None:
    """The tree that an answer tells; its counts and columns must agree with its rows."""
    if told is None:
        return None
    rows = {one["id"]: one for one in told["entities"]}
    assert len(rows) == told["totalCount"] == len(told["entities"])
    hidden = sum(one["hiddenCount"] for one in rows.values())
    assert (told["hiddenCount"], told["truncated"]) == (hidden, hidden > 0)
    assert told["columns"]["id"] == list(rows)
    assert told["columns"]["name"] == [one["name"] or "" for one in rows.values()]
    found: Paths = Counter()
    for id, one in rows.items():
        path: tuple[str | None, ...] = ()
        at: str | None = id
        while at:
            path = (rows[at]["name"], *path)
            at = rows[at]["parentId"]
        assert len(path) == one["depth"] + 1
        assert one["isInScope"] != id.startswith("out-of-scope-")
        if not one["isInScope"]:
            assert (one["name"], one["status"], one["share"]) == (None, None, None)
        found[path, one["isInScope"], one["hiddenCount"]] += 1
    return found


def expected(world: World, some: set[str], id: int, account: str) -> dict[str, Any]:
    """What may be told beside trees."""
    mine = [one for one in range(world.size) if world.sees(some, one)]
    above = world.above(id, "legal")
    signals = [
        {"id": f"{one}-signal", "accountId": one, "accountName": f"Account of{root:03}",
         "message": f"Account of{root:03}",
         "inhibitedBy": f"{by}-signal" if by in some else None}
        for one, by, root in zip(
            world.accounts, [*world.accounts[1:], None], world.roots, strict=True
        ) if one in some
    ]  # fmt: skip
    children = Counter(
        parent for (_, child), parent in world.parents.items() if child in mine
    )  # fmt: skip
    apart = {one: {child for (_, child), parent in world.parents.items()
                   if parent == one and child in mine} for one in mine}  # fmt: skip
    return {
        "ancestors": [
            {"id": world.id(one) if one in mine else f"out-of-scope-{at}",
             "name": world.name(one) if one in mine else None, "depth": at,
             "share": 0.5 if {one, below} <= {*mine} else None,
             "factId": f"{world.id(below)}-legal" if {one, below} <= {*mine} else None,
             "isInScope": one in mine}
            for at, (below, one) in enumerate(zip([id, *above], above, strict=False), start=1)
        ] if id in mine else [],
        "legalEntity": {"id": world.id(id), "name": world.name(id), "childCount": len(apart[id])}
        if id in mine else None,
        "search": [{"id": world.id(one), "name": world.name(one), "childCount": children[one]}
                   for one in mine],
        "signals": sorted(signals, key=lambda one: one["accountName"], reverse=True),
        "of": [{"id": f"{account}-signal"}] if account in some else [],
        "sources": [{"id": "register"}],
    }  # fmt: skip


def changes(world: World, some: set[str], root: int) -> list[tuple[Any, ...]]:
    """Who moved in a family between the two days, as it may be told."""
    if not world.sees(some, root):
        return []

    def within(one: int | None, then: bool) -> bool:
        while one is not None and one != root:
            one = world.legal_parent(one, then)
        return one == root

    def named(one: int | None) -> tuple[str | None, str | None]:
        if one is None or not world.sees(some, one):
            return None, None
        return world.id(one), world.name(one)

    found = []
    for one in range(world.size):
        before, after = world.legal_parent(one, True), world.legal_parent(one, False)
        if before == after or not (within(one, True) or within(one, False)):
            continue
        if world.sees(some, one):
            kind = "added" if before is None else "left" if after is None else "moved"
            found.append((kind, world.id(one), *named(before), *named(after)))
    return sorted(found, key=str)


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_a_principal_is_told_what_it_may_see_and_no_more(
    seed: int, keyed: httpx.AsyncClient, key_of: Callable[..., str], batches: BatchSession
) -> None:
    world, random = a_world(seed), Random(seed)
    write_world(world, batches)
    numbers = {world.id(one): one for one in range(world.size)}
    for at in range(PRINCIPALS):
        some = set(random.sample(world.accounts, random.randint(1, len(world.accounts))))
        key = key_of(f"partner {at}", some)
        for id in random.sample(range(world.size // 2), 1):
            depth, account = random.randint(0, 5), random.choice(world.accounts)
            given = {"id": world.id(id), "depth": depth, "account": account}
            told = httpx.Response(200, content=await asked(keyed, key, QUESTION, **given)).json()
            assert "errors" not in told
            data = told["data"]
            for field, parent in (
                ("hierarchy", lambda one: world.parents.get(("legal", one))),
                ("sold", lambda one: world.parents.get(("commercial", one))),
                ("then", lambda one: world.legal_parent(one, True)),
            ):
                assert told_tree(data.pop(field)) == tree(world, some, id, depth, parent)
            moved = [
                (row["kind"], row["entityId"], row["fromId"], row["fromName"], row["toId"],
                 row["toName"]) for row in data.pop("hierarchyChanges")
            ]  # fmt: skip
            assert sorted(moved, key=str) == changes(world, some, id)
            assert data == expected(world, some, id, account)
            foreign = [one for one in numbers if not world.sees(some, numbers[one])]
            assert [one for one in foreign if one in str(told)] == []


BY_ID = {
    "hierarchy": "($id: ID!) { hierarchy(id: $id) { rootId totalCount entities { name } } }",
    "ancestors": "($id: ID!) { ancestors(id: $id) { id } }",
    "hierarchyChanges": "($id: ID!) { hierarchyChanges(id: $id, fromOn: \"2025-06-01\", "
    "toOn: \"2026-06-01\") { kind } }",
    "legalEntity": "($id: ID!) { legalEntity(id: $id) { id } }",
    "search": "($id: String!) { search(text: $id) { id } }",
    "owners": "($id: ID!) { owners(id: $id) { id ownerCount owners { id } } }",
    "why": "($id: ID!) { why(id: $id) { name values { value } facts { factId } } }",
    "signals": "($id: ID!) { signals(accountId: $id) { id } }",
}  # fmt: skip


async def test_a_foreign_id_is_answered_like_an_unknown_one(
    keyed: httpx.AsyncClient, key_of: Callable[..., str], batches: BatchSession
) -> None:
    world = a_world(1)
    write_world(world, batches)
    mine, *others = world.accounts
    key = key_of("partner", {mine})
    own = world.id(world.roots[0])
    foreign = [world.id(one) for one in range(world.size) if not world.sees({mine}, one)]
    assert foreign
    for name, document in BY_ID.items():
        known = await asked(keyed, key, f"query {document}", id=mine if name == "signals" else own)
        unknown = await asked(
            keyed, key, f"query {document}", id="00000000-0000-5000-8000-000000000000"
        )
        for id in [*foreign, *others]:
            assert await asked(keyed, key, f"query {document}", id=id) == unknown
        assert known != unknown or name in ("ancestors", "hierarchyChanges")


async def test_strings_of_attackers_change_no_statement_of_a_partner(
    keyed: httpx.AsyncClient,
    key_of: Callable[..., str],
    batches: BatchSession,
    statements: list[str],
) -> None:
    write_world(world := a_world(2), batches)
    key = key_of("partner", {world.accounts[0]})
    for plain in ("acme", "acme holding", world.id(0), "12345", "quarz", world.accounts[0]):
        await asked(keyed, key, DOCUMENT, text=plain, id=plain)
    usual = set(statements)
    told = await asyncio.gather(
        *(asked(keyed, key, DOCUMENT, text=one, id=one) for one in PAYLOADS)
    )
    assert [one for one, body in zip(PAYLOADS, told, strict=True) if b'"errors"' in body] == []
    assert set(statements) == usual
