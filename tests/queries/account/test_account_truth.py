"""Against the demo carrier's world: a family owes and was billed what its companies were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph.connection import BatchSession, ReadSession
from graph.facts.run import Run
from graph.ids import node_id
from graph.progress import silent
from loaders.carrier.arriving import arrive
from loaders.carrier.config import Config, config_of
from loaders.carrier.making.cluster import cluster
from loaders.carrier.native import native_id
from loaders.carrier.world.money import Bill
from loaders.carrier.writer import write
from queries.account.account_glance import account_glance
from queries.account.companies import companies

SYSTEMS = (
    "legal_register",
    "crm_americas",
    "crm_emea",
    "billing_americas",
    "billing_emea",
    "billing_apac",
    "catalogue",
)
DAY = date(2026, 10, 1)
SEPTEMBER = (date(2026, 9, 1), DAY)
TOLD = date(2026, 9, 30)
"""The last day of which payments are told: what is paid on the day itself is told the day after."""


@pytest.fixture(scope="module")
def clean() -> Config:
    """A tiny carrier whose systems make no mistakes."""
    tiny = config_of("tiny")
    return replace(tiny, rates=dict.fromkeys(tiny.rates, 0.0))


@pytest.fixture(scope="module")
def folder(clean: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its deliveries."""
    out = tmp_path_factory.mktemp("carrier")
    with silent("writing") as task:
        write(clean, out, SYSTEMS, task)
    arrive(clean, out, SYSTEMS)
    return out


async def test_the_money_of_a_family_is_that_of_its_companies(
    clean: Config,
    folder: Path,
    graph: ReadSession,
    batches: BatchSession,
    load: Callable[..., Run],
) -> None:
    now = datetime(2026, 10, 1, 6, tzinfo=UTC)
    for system in SYSTEMS:
        run = load(system, folder / "day-00" / system, as_of=str(DAY), now=now, full=True)
        assert (system, run.status) == (system, "COMPLETE")
    world = cluster(clean, 1)
    root_id = node_id(f"lei:{world.entities[world.roots[0]].lei}")

    (family,) = await companies(graph, root_id=root_id, valid_on=DAY)
    found = await account_glance(graph, id=root_id, base_currency="EUR", today=DAY)

    bills = list(bills_of(clean, set(family.ids), batches))
    assert len(bills) > 100
    whole = [one for one in bills if SEPTEMBER[0] <= one.issued_on < SEPTEMBER[1]]
    owed = [one for one in bills if one.issued_on <= DAY and one.remaining.at(TOLD)]
    assert parts(found.billing.billed.money) == summed((one, one.amount - one.tax) for one in whole)
    assert parts(found.billing.overdue.money) == summed(
        (one, one.remaining.at(TOLD)) for one in owed if one.due_on < DAY
    )
    assert parts(found.billing.open.money) == summed(
        (one, one.remaining.at(TOLD)) for one in owed if one.due_on >= DAY
    )
    assert found.billing.unknown == []


def bills_of(config: Config, ids: set[str], batches: BatchSession) -> Iterator[Bill]:
    """The bills of the world on accounts whose holder is one of these companies."""
    retired = dict(
        batches.rows(
            "MATCH (alias:EntityAlias)-[:REDIRECTS_TO]->{1,16}(entity:LegalEntity) "
            "RETURN alias.id, entity.id"
        )
    )
    for number in range(1, config.size.clusters + 1):
        world = cluster(config, number)
        for bill in world.bills:
            account = world.billing_accounts[bill.account]
            party = native_id(account.system, "entity", account.entity)
            holder = node_id(f"{account.system}:party:{party}")
            if retired.get(holder, holder) in ids:
                yield bill


def summed(amounts: Iterator[tuple[Bill, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for bill, amount in amounts:
        total[bill.currency] += amount
    return dict(sorted(total.items()))


def parts(money: object) -> object:
    return getattr(money, "parts", None)
