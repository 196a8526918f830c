"""Each disagreement is one line, with what every side says; what is in order is none."""

from __future__ import annotations

from tests.queries.reconciliation.books import account, agreement, bill, company, product, service
from tests.queries.reconciliation.conftest import (
    BILLING,
    CONTRACTS,
    INVENTORY,
    Carrier,
    Listed,
)


async def test_a_carrier_in_order_has_nothing_to_settle(carrier: Carrier, listed: Listed) -> None:
    carrier()

    assert await listed() == []


async def test_a_service_that_was_never_billed(carrier: Carrier, listed: Listed) -> None:
    new = [
        service("N", since="2026-08-20"),
        product("N", "N", 50_000, starts_on="2026-08-20", accepted_on="2026-08-25"),
    ]
    carrier(inventory=INVENTORY + new, contracts=[agreement("A", "P", "N", amount=140_000)])

    assert await listed() == [
        (
            "never_billed",
            "circuit N",
            "Customer A",
            6_000.0,
            "inventory: active since 2026-08-20",
            "billing: no charge ever",
        )
    ]


async def test_a_service_that_is_billed_no_more(carrier: Carrier, listed: Listed) -> None:
    other = [service("Q"), product("Q", "Q", 10_000)]
    billing = [
        account("A"),
        bill("A", "2026-07", ("P", 90_000), ("Q", 10_000)),
        bill("A", "2026-08", ("Q", 10_000)),
        bill("A", "2026-09", ("Q", 10_000)),
    ]
    contracts = [*CONTRACTS, agreement("B", "Q", amount=10_000)]
    carrier(inventory=INVENTORY + other, billing=billing, contracts=contracts)

    assert await listed() == [
        (
            "no_longer_billed",
            "circuit S",
            "Customer A",
            10_800.0,
            "inventory: active since 2025-01-01",
            "billing: no recurring charge since 2026-08-01; the last was EUR 900.00",
        )
    ]


async def test_a_service_that_ended_and_is_billed_on(carrier: Carrier, listed: Listed) -> None:
    carrier(inventory=[service("S", state="terminated", ceased_on="2026-07-10"), INVENTORY[1]])

    assert await listed() == [
        (
            "billed_after_cease",
            "circuit S",
            "Customer A",
            10_800.0,
            "inventory: ceased on 2026-07-10",
            "billing: charged on 2 bills since, EUR 1,800.00 in all, the last for 2026-09-01",
        )
    ]


async def test_charges_and_agreements_that_the_inventory_does_not_have(
    carrier: Carrier, listed: Listed
) -> None:
    carrier(
        billing=[*BILLING[:3], bill("A", "2026-09", ("P", 90_000), ("LOST", 7_000))],
        contracts=[*CONTRACTS, agreement("B", "LOST", amount=7_000), agreement("E", amount=500)],
    )

    assert await listed() == [
        (
            "not_in_inventory",
            "inventory:product:LOST",
            "Customer A",
            840.0,
            "inventory: describes no inventory:product:LOST",
            "billing: charged EUR 70.00 for 2026-09-01",
            "contracts: agreed since 2025-01-01 until 2028-01-01",
        ),
        (
            "agreement_without_service",
            "contracts:item:E",
            "Customer E",
            60.0,
            "contracts: in force since 2025-01-01 until 2028-01-01",
            "inventory: no product is had on it",
        ),
    ]


async def test_an_account_that_nobody_holds(carrier: Carrier, listed: Listed) -> None:
    carrier(billing=[account("A", holder=None), *BILLING[1:]])

    assert await listed() == [
        (
            "account_without_customer",
            "billing:account:A",
            "Customer A",
            10_800.0,
            "billing: no customer on the account, last billed for 2026-09-01",
        )
    ]


async def test_a_company_that_ended_and_is_billed_on(carrier: Carrier, listed: Listed) -> None:
    carrier(register=[company("C", status="INACTIVE", ended_on="2026-07-15")])

    assert await listed() == [
        (
            "billed_to_ended_company",
            "Company C",
            "Customer A",
            10_800.0,
            "registry: ended on 2026-07-15",
            "billing: account Active, billed for 2026-09-01",
        )
    ]


async def test_a_product_billed_after_its_term(carrier: Carrier, listed: Listed) -> None:
    carrier(contracts=[agreement("A", "P", ends="2026-07-20", auto_renew=False)])

    assert await listed() == [
        (
            "billed_past_term",
            "circuit S",
            "Customer A",
            10_800.0,
            "contracts: agreed until 2026-07-20, not renewed",
            "billing: charged EUR 900.00 for 2026-09-01",
        )
    ]


async def test_charges_above_and_below_the_agreed_price(carrier: Carrier, listed: Listed) -> None:
    carrier(
        inventory=[*INVENTORY, service("Q"), product("Q", "Q", 40_000)],
        billing=[account("A"), bill("A", "2026-09", ("P", 80_000), ("Q", 45_000))],
        contracts=[*CONTRACTS, agreement("B", "Q", amount=40_000)],
    )

    assert await listed() == [
        (
            "billed_below_price",
            "circuit S",
            "Customer A",
            1_200.0,
            "contracts: agreed EUR 900.00 a month",
            "billing: charged EUR 800.00 for 2026-09-01",
        ),
        (
            "billed_above_price",
            "circuit Q",
            "Customer A",
            600.0,
            "contracts: agreed EUR 400.00 a month",
            "billing: charged EUR 450.00 for 2026-09-01",
        ),
    ]


async def test_a_service_without_an_agreement_and_its_own_price(
    carrier: Carrier, listed: Listed
) -> None:
    carrier(inventory=[INVENTORY[0], product("P", "S", 95_000)], contracts=[])

    assert await listed() == [
        (
            "without_agreement",
            "circuit S",
            "Customer A",
            10_800.0,
            "inventory: active since 2025-01-01 at Site X",
            "billing: charged EUR 900.00 for 2026-09-01",
            "contracts: no agreement covers it",
        ),
        (
            "billed_below_price",
            "circuit S",
            "Customer A",
            600.0,
            "inventory: priced EUR 950.00 a month",
            "billing: charged EUR 900.00 for 2026-09-01",
        ),
    ]


async def test_a_service_that_is_in_the_inventory_twice(carrier: Carrier, listed: Listed) -> None:
    carrier(inventory=[*INVENTORY, service("S2", name="circuit S")])

    (found,) = await listed()
    assert found[:4] == ("twice_in_inventory", "circuit S", "Customer A", 0.0)
    assert set(found[4:]) == {
        "inventory: has it as inventory:service:S",
        "inventory: has it as inventory:service:S2",
    }


async def test_an_agreement_that_ends_before_it_starts(carrier: Carrier, listed: Listed) -> None:
    wrong = agreement("W", begins="2026-02-01", ends="2025-02-01", amount=30_000)
    carrier(contracts=[*CONTRACTS, wrong])

    assert await listed() == [
        (
            "term_reversed",
            "contracts:agreement:W",
            "Customer W",
            3_600.0,
            "contracts: starts on 2026-02-01 and ends on 2025-02-01",
        )
    ]


async def test_bills_that_do_not_add_up_and_currencies_that_are_mixed(
    carrier: Carrier, listed: Listed
) -> None:
    wrong = bill("A", "2026-09", ("P", 90_000), amount=110_000, tax_amount=19_000)
    mixed = bill("A", "2026-08", ("P", 90_000), code="USD", currency="EUR")
    foreign = [account("F", currency="GBP"), bill("F", "2026-09", ("P", 90_000))]
    carrier(billing=[*BILLING[:2], mixed, wrong, *foreign])

    assert [one for one in await listed() if one[0] != "billed_above_price"] == [
        (
            "account_in_other_currency",
            "billing:account:F",
            "Customer F",
            900.0,
            "billing: the account is in GBP",
            "billing: its last bill is EUR 900.00",
        ),
        (
            "bill_in_two_currencies",
            "A/2026-08",
            "Customer A",
            900.0,
            "billing: the bill says EUR 900.00 without tax",
            "billing: its lines are in USD",
        ),
        (
            "bill_does_not_add_up",
            "A/2026-09",
            "Customer A",
            10.0,
            "billing: the bill says EUR 910.00 without tax",
            "billing: its 1 lines come to EUR 900.00",
        ),
    ]
