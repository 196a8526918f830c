"""A small carrier in order, that a test puts out of order; and its worklist in a line each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from graph.connection import ReadSession
from graph.facts.run import Run
from queries.reconciliation.finding import Finding
from queries.reconciliation.worklist import Worklist, worklist
from tests.queries.dictated import Dictated, Record, write
from tests.queries.reconciliation.books import account, agreement, bill, company, product, service

Tell = Callable[..., Run]
Carrier = Callable[..., None]
Listed = Callable[[], Awaitable[list[tuple[Any, ...]]]]

INVENTORY = [service("S"), product("P", "S")]
BILLING = [
    account("A"),
    *(bill("A", month, ("P", 90_000)) for month in ("2026-07", "2026-08", "2026-09")),
]
CONTRACTS = [agreement("A", "P")]
REGISTER = [company("C")]


@pytest.fixture
def tell(load: Callable[..., Run], tmp_path: Path) -> Tell:
    """Load what one system says on a day: `tell("billing", bill(...), on="2026-10-01")`."""

    def tell(system: str, *records: Record | str, on: str = "2026-10-01", full: bool = True) -> Run:
        now = datetime.combine(date.fromisoformat(on), time(6), UTC)
        path = write(tmp_path, f"{system}-{on}", records)
        source = Dictated(system, freshness_sla="P9D")
        return load(source, path, as_of=on, now=now, full=full, guard=1.0)

    return tell


@pytest.fixture
def carrier(tell: Tell) -> Carrier:
    """Load all four systems: each says what is in order unless the test says otherwise."""

    def carrier(
        *,
        inventory: list[Record] | None = None,
        billing: list[Record] | None = None,
        contracts: list[Record] | None = None,
        register: list[Record] | None = None,
        on: str = "2026-10-01",
    ) -> None:
        tell("inventory", *(INVENTORY if inventory is None else inventory), on=on)
        tell("billing", *(BILLING if billing is None else billing), on=on)
        tell("contracts", *(CONTRACTS if contracts is None else contracts), on=on)
        tell("register", *(REGISTER if register is None else register), on=on)

    return carrier


@pytest.fixture
def today(graph: ReadSession) -> Callable[[], Awaitable[Worklist]]:
    """The worklist in euros."""

    async def today() -> Worklist:
        return await worklist(graph, base="EUR")

    return today


@pytest.fixture
def listed(today: Callable[[], Awaitable[Worklist]]) -> Listed:
    """The worklist as tuples: kind, name, euros in twelve months, what each side says."""

    async def listed() -> list[tuple[Any, ...]]:
        return [in_short(one) for one in (await today()).findings]

    return listed


def in_short(one: Finding) -> tuple[Any, ...]:
    """A finding as a tuple."""
    said = tuple(f"{side.side}: {side.says}" for side in one.sides)
    return (one.kind, one.name, one.customer, one.twelve_months / 100, *said)
