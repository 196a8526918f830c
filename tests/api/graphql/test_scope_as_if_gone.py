"""What a principal is answered is what everybody would be if what it may not see were not there."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import httpx
import orjson
import pytest

from graph.access.enrolled import enrol
from graph.access.key import SCOPES, create_key
from graph.access.principal import Role
from graph.connection import BatchSession
from tests.api.graphql.test_scope import NOW, asked, key_of, keyed
from tests.queries.small_world import WORLDS, World, a_world, forget_the_rest, write_world
from tests.queries.test_scope import reached

__all__ = ["key_of", "keyed"]
GLANCE = """
query ($id: ID!) {
  accountGlance(id: $id, validOn: "2026-06-20", horizonDays: 400) {
    root { id name } companies { value sourceIds } countries unknown
    accounts { id name } services { inService { value } ahead }
    billing { billed { value money { parts { amount } } } overdue { value } unknown }
    health { openTickets { value } tickets { id } } milestones { due { value } commitments {
      commitment { id amount } } } pipeline { amount { value } inFlight { id } }
    coverage { people { name accounts companies } }
  }
}
"""
BY_ID = """
query ($id: ID!) {
  account(id: $id) { id name companyCount signalCount sellerNames }
  signal(id: $id) { id message accountId }
  why(id: $id) { name values { value isShown } facts { factId start end } }
}
"""
OF_ALL = """
{
  all: accounts(first: 100) { totalCount edges { node { id name companyCount signalCount } } }
  some: accounts(search: "account", filter: {hasSignals: true}, sort: {by: companyCount}) {
    totalCount edges { node { id } }
  }
}
"""

KINDS = (
    "Bill", "ServiceMeasure", "TroubleTicket", "Agreement", "Opportunity", "Order", "Service",
    "Seller",
)  # fmt: skip
OF_NOBODY = "CREATE " + ", ".join(f"(:{kind} {{id: 'of nobody {kind}'}})" for kind in KINDS)
"""That sources tell of such things at all is no secret, and stays when the rest is gone."""


def asked_for(world: World, some: set[str]) -> list[tuple[str, str]]:
    """Documents, each with an own or a foreign id of whatever kind.

    A page of a customer goes past strangers to who is below them, so with them gone it would lose
    more: it is asked of customers with no stranger below them, and of strangers.
    """
    companies = [world.id(one) for one in range(world.size)]
    had = [f"{world.id(world.customers[0])}-{kind}" for kind in ("plays", "billed")]
    signals = [f"{one}-signal" for one in world.accounts[:2]]
    ids = [*companies[::4], *world.accounts[:2], *signals, *had]
    tops = [
        root
        for root in range(world.size)
        if not world.sees(some, root)
        or all(world.sees(some, one) for one in range(world.size) if root in reached(world, one))
    ]
    pages = [*companies[::4], *world.accounts]
    roots = dict(zip(world.accounts, world.roots, strict=True))
    tops_of = {one: at for at, one in enumerate(companies)} | roots
    return [(BY_ID, id) for id in ids] + [(GLANCE, id) for id in pages if tops_of[id] in tops]


@pytest.mark.parametrize("seed", range(200, 200 + WORLDS))
async def test_every_field_is_answered_as_if_the_rest_were_not_there(
    seed: int, keyed: httpx.AsyncClient, key_of: Callable[..., str], batches: BatchSession
) -> None:
    world, random = a_world(seed), Random(seed)
    write_world(world, batches)
    batches.run(OF_NOBODY)
    some = set(random.sample(world.accounts, random.randint(1, len(world.accounts))))
    leader = create_key(batches, enrol(batches, "leader", Role.leader, now=NOW), now=NOW,
                        scopes=SCOPES)[0]  # fmt: skip
    partner = key_of("partner", some)

    async def answers(key: str) -> dict[tuple[str, str], bytes]:
        told = {one: await asked(keyed, key, one[0], id=one[1]) for one in asked_for(world, some)}
        return told | {(OF_ALL, ""): await asked(keyed, key, OF_ALL)}

    scoped, everything = await answers(partner), await answers(leader)
    forget_the_rest(some, batches)
    left = await answers(leader)

    assert {key: (orjson.loads(told), orjson.loads(left[key])) for key, told in scoped.items()
            if told != left[key]} == {}  # fmt: skip
    assert b'"errors"' not in b"".join(everything.values())
    for field in (b"account", b"accountGlance", b"signal", b"why"):
        assert any(b'"%b":{' % field in told for told in everything.values()), field
