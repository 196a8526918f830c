"""Owners as principals are told of them, beside what Python says: circles, and mere places."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from graph.connection import BatchSession
from queries.ownership.effective import effective_shares
from queries.ownership.holdings import Bounds, Holding, Holdings
from tests.api.graphql.test_scope import PRINCIPALS, asked, key_of, keyed
from tests.queries.small_world import WORLDS, World, a_world, write_world

__all__ = ["key_of", "keyed"]
QUESTION = """
query ($id: ID!) {
  owners(id: $id) {
    id ownerCount hiddenCount owners { id name shareLow isInScope }
    interests { ownedId ownerId share factId }
  }
}
"""


def expected(world: World, some: set[str], of: int) -> dict[str, Any] | None:
    """Who is above a company over interests whose both ends may be seen, and how many others."""
    if not world.sees(some, of):
        return None
    reached, waiting, hidden = {of}, [of], 0
    held: Holdings = {}
    while waiting:
        owned = waiting.pop()
        for (owner, what), share in world.interests.items():
            if what == owned and not world.sees(some, owner):
                hidden += 1
            elif what == owned:
                exact = Bounds(share, share)
                held[world.id(owner), world.id(owned)] = Holding(exact, exact, False, False)
                waiting += [] if owner in reached else [owner]
                reached.add(owner)
    shares = effective_shares(held, world.id(of))
    names = {world.id(one): world.name(one) for one in reached}
    return {
        "id": world.id(of),
        "ownerCount": len(shares) + hidden,
        "hiddenCount": hidden,
        "owners": {(id, names[id], round(one.low, 6), True) for id, one in shares.items()}
        | {(f"out-of-scope-{at + 1}", None, None, False) for at in range(hidden)},
        "interests": {(two, one, held[one, two].share.low, one + two) for one, two in held},
    }


def comparable(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """An answer in no order; a row twice would be a fault."""
    if told is None:
        return None
    owners = {tuple(one.values()) for one in told["owners"]}
    assert len(owners) == len(told["owners"])
    facts = {tuple(one.values()) for one in told["interests"] if one["ownerId"]}
    return told | {"owners": owners, "interests": facts}


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_owners_out_of_scope_are_counted_and_nothing_more(
    seed: int, keyed: httpx.AsyncClient, key_of: Callable[..., str], batches: BatchSession
) -> None:
    world, random = a_world(seed), Random(seed)
    write_world(world, batches)
    hidden = 0
    for at in range(PRINCIPALS):
        some = set(random.sample(world.accounts, random.randint(1, len(world.accounts))))
        key = key_of(f"partner {at}", some)
        for of in random.sample(range(world.size), 3):
            body = await asked(keyed, key, QUESTION, id=world.id(of))
            told = comparable(orjson.loads(body)["data"]["owners"])
            assert told == expected(world, some, of)
            hidden += told["hiddenCount"] if told else 0
            foreign = [world.id(one) for one in range(world.size) if not world.sees(some, one)]
            assert [one for one in foreign if one.encode() in body] == []
    assert hidden
