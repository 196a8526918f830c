"""What looks like a disagreement and is none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.dictated import Record
from tests.queries.reconciliation.books import account, agreement, bill, product, service
from tests.queries.reconciliation.conftest import BILLING, CONTRACTS, INVENTORY, Carrier, Listed

LIVE: dict[str, Any] = {"starts_on": "2026-08-20", "accepted_on": "2026-08-20"}
UNBILLED: dict[str, list[Record]] = {
    "billed through its bundle": [
        service("N", since="2026-08-20"),
        product("N", "N", bundle="P", **LIVE),
    ],
    "free of charge": [service("N", since="2026-08-20"), product("N", "N", 0, **LIVE)],
    "for tests": [service("N", since="2026-08-20", is_test=True), product("N", "N", **LIVE)],
    "not accepted yet": [
        service("N", since="2026-08-20"),
        product("N", "N", accepted_on=None, starts_on="2026-08-20"),
    ],
    "live for less than a month": [
        service("N", since="2026-09-10"),
        product("N", "N", starts_on="2026-09-10", accepted_on="2026-09-10"),
    ],
    "no longer live": [
        service("N", since="2026-08-20", state="terminated", ceased_on="2026-09-25"),
        product("N", "N", **LIVE),
    ],
    "suspended": [service("N", since="2026-08-20", state="suspended"), product("N", "N", **LIVE)],
}


@pytest.mark.parametrize("why", UNBILLED)
async def test_a_service_need_not_be_billed(carrier: Carrier, listed: Listed, why: str) -> None:
    carrier(inventory=INVENTORY + UNBILLED[why], contracts=[*CONTRACTS, agreement("N", "N")])

    assert await listed() == []


BILLED: dict[str, list[Record]] = {
    "one cycle of grace": [
        *BILLING[:3],
        bill("A", "2026-09", ("P", 90_000)),
    ],
    "a credit reverses it": [
        *BILLING,
        bill("A", "2026-10", ("P", -180_000)),
    ],
    "no longer billed": BILLING[:2],
}
CEASED = {
    "one cycle of grace": "2026-08-15",
    "a credit reverses it": "2026-07-15",
    "no longer billed": "2026-07-15",
}


@pytest.mark.parametrize("why", BILLED)
async def test_a_service_that_ended_is_not_billed_on(
    carrier: Carrier, listed: Listed, why: str
) -> None:
    over = service("S", state="terminated", ceased_on=CEASED[why])
    carrier(inventory=[over, INVENTORY[1]], billing=BILLED[why])

    assert [one for one in await listed() if one[0] == "billed_after_cease"] == []


TERMS: dict[str, list[Record]] = {
    "it renews itself": [agreement("A", "P", ends="2026-07-20", auto_renew=True)],
    "another item carries it on": [
        agreement("A", "P", ends="2026-07-20", auto_renew=False),
        agreement("B", "P", begins="2026-07-20"),
    ],
    "it ended last month": [agreement("A", "P", ends="2026-09-10", auto_renew=False)],
}


@pytest.mark.parametrize("why", TERMS)
async def test_a_term_is_not_over(carrier: Carrier, listed: Listed, why: str) -> None:
    carrier(contracts=TERMS[why])

    assert await listed() == []


async def test_what_is_billed_yearly_in_advance_is_billed(carrier: Carrier, listed: Listed) -> None:
    yearly = bill("A", "2026-01", ("P", 1_080_000))
    for (_, reference), values in yearly["nodes"]:
        if ":charge:" in reference or ":bill:" in reference:
            values["period_to"] = "2027-01-01"
    carrier(billing=[account("A"), yearly])

    assert await listed() == []


async def test_a_discount_that_ends_later_is_below_the_price_and_right(
    carrier: Carrier, listed: Listed
) -> None:
    cheap = bill("A", "2026-09", ("P", 70_000))
    for (label, _), values in cheap["nodes"]:
        if label == "Charge":
            values["discount_ends_on"] = "2026-12-01"
    carrier(billing=[account("A"), cheap])

    assert await listed() == []
