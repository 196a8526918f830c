"""The whole of one customer in figures: each counted once, each with its day and its sources."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NotFound
from queries.account.figure import Figure
from tests.queries.account.conftest import REGISTER, Glance, Tell
from tests.queries.account.customer import (
    account,
    agreement,
    bill,
    charge,
    company,
    measure,
    service,
)
from tests.queries.dictated import said

DAY = date(2026, 10, 6)


async def test_a_company_below_in_two_views_counts_once(customer: None, glance: Glance) -> None:
    found = await glance()

    assert found.companies == Figure(3, "companies", DAY, ["register"])
    assert (found.countries, found.above) == (["DE", "FR", "GB"], None)
    assert [(one.name, one.tier) for one in found.accounts] == [("Top", "gold")]


async def test_a_branch_of_the_family_knows_what_is_above_it(
    customer: None, glance: Glance
) -> None:
    found = await glance("Low")

    assert (found.companies.value, found.above) == (1, "Top")
    assert found.services.by_country == {"GB": 1}
    assert found.billing.billed.money is not None
    assert found.billing.billed.money.parts == {"AED": 700, "USD": 25_000}


async def test_services_are_counted_once_by_product_country_state_and_how_they_run(
    customer: None, glance: Glance
) -> None:
    part = (await glance()).services

    assert part.in_service == Figure(3, "services", DAY, ["inventory"])
    assert (part.ahead, part.ceased) == (1, 0)
    assert part.by_family == {"ethernet": 2, "": 1}
    assert part.by_country == {"FR": 2, "DE": 1, "GB": 1}
    assert part.by_state == {"active": 3}
    assert part.by_operating_status == {"running": 2, "degraded": 1}
    assert part.unknown == [
        "no product is known for 1 of 3 services",
        "no contract of this customer (only bills) for 1 of 3 services",
    ]


async def test_money_is_in_the_base_currency_and_what_has_no_rate_is_apart(
    customer: None, glance: Glance
) -> None:
    part = (await glance()).billing

    apart = ["no rate for AED: kept apart"]
    assert (part.billed.value, part.billed.unit, part.billed.quality) == (120_000, "EUR", apart)
    assert (part.month, round(part.trend or 0, 3)) == (date(2026, 9, 1), 0.2)
    assert [one.billed.amount for one in part.months] == [100_000, 100_000, 100_000, 120_000]
    assert (part.open.value, part.overdue.value, part.overdue_since) == (
        20_000,
        119_000,
        date(2026, 10, 1),
    )
    assert (part.disputed.value, part.credited.value) == (5_000, 10_000)
    assert [(one.currency, one.rate, one.on) for one in part.rates] == [
        ("USD", 0.8, date(2026, 9, 30))
    ]
    assert part.unknown == apart


async def test_an_amount_of_which_nothing_has_a_rate_is_unknown(
    customer: None, glance: Glance
) -> None:
    part = (await glance("Low", base_currency="CHF")).billing

    assert (part.billed.value, part.billed.unit) == (None, "CHF")
    assert part.unknown == ["no rate for AED: kept apart", "no rate for USD: kept apart"]


async def test_what_was_paid_after_the_day_was_open_on_it(tell: Tell, glance: Glance) -> None:
    tell("register", *REGISTER)
    paid = ("Payment", "payment:1")
    tell(
        "billing",
        account("B1", "Mid", "EUR"),
        bill("1", "B1", "2026-08-01", 9_000, "EUR", remaining_amount=0, settled_on="2026-10-05"),
        said(
            (paid, {"amount": 9_000, "currency": "EUR", "paid_on": "2026-10-05"}),
            links=[("SETTLES", paid, ("Bill", "bill:1"), {"amount": 9_000})],
        ),
    )

    before = await glance(valid_on=date(2026, 10, 4))
    assert (before.billing.overdue.value, before.billing.open.value) == (9_000, 0)
    assert (await glance()).billing.overdue.value == 0
    assert (await glance(valid_on=date(2026, 8, 15))).billing.open.value == 9_000


async def test_health_tells_availability_against_the_promise_and_trouble(
    customer: None, glance: Glance
) -> None:
    part = (await glance()).health

    assert part.availability.value == pytest.approx(0.999)
    assert (part.target, part.month) == (0.999, date(2026, 9, 1))
    assert (part.measured, part.missed.value, part.worst) == (2, 1, ["S1"])
    assert part.missed_before == [0]
    assert (part.open_tickets.value, part.open_by_severity) == (1, {"1": 1})
    assert (part.outages.value, part.outage_minutes) == (1, 30)
    assert part.troubled_names == ["S2"]
    assert part.unknown == ["no telemetry for 1 of 3 services"]


async def test_milestones_come_nearest_first_and_renewed_lines_do_not(
    customer: None, tell: Tell, glance: Glance
) -> None:
    later, earlier = ("AgreementItem", "item:new"), ("AgreementItem", "item:A1-S2")
    tell(
        "amendments",
        said(
            (later, {"starts_on": "2026-12-31", "ends_on": "2027-03-01", "currency": "EUR"}),
            links=[
                ("HAS_ITEM", ("Agreement", "agreement:A1"), later, {}),
                ("RENEWS", later, earlier, {}),
            ],
        ),
    )

    found = (await glance(horizon_days=365)).milestones
    assert [(one.kind, one.on, one.amount) for one in found.milestones] == [
        ("notice", date(2026, 11, 2), 50_000),
        ("commitment_end", date(2027, 1, 1), 1_000_000),
        ("automatic_renewal", date(2027, 1, 31), 50_000),
    ]


async def test_a_line_that_rolled_over_ends_a_term_later_and_one_that_ended_is_past(
    tell: Tell, glance: Glance
) -> None:
    rolled = {"ends_on": "2026-02-01", "auto_renew": True, "renewal_term_months": 12}
    tell("register", *REGISTER)
    tell("inventory", service("S1", "DE"), service("S2", "FR"))
    tell("billing", account("B1", "Mid", "EUR"))
    tell(
        "contracts",
        agreement(
            "A1", "B1", ("S1", rolled | {"notice_days": 30}), ("S2", {"ends_on": "2026-09-01"})
        ),
    )

    found = (await glance(horizon_days=200)).milestones
    assert [(one.kind, one.on) for one in found.milestones] == [
        ("notice", date(2027, 1, 2)),
        ("automatic_renewal", date(2027, 2, 1)),
    ]
    assert [(one.kind, one.on) for one in found.past] == [("out_of_contract", date(2026, 9, 1))]


async def test_a_commitment_is_met_by_charges_that_count(
    customer: None, tell: Tell, glance: Glance
) -> None:
    (first,) = (await glance()).milestones.commitments
    assert (first.met.value, round(first.elapsed, 2)) == (0.1, 0.76)

    tell(
        "late",
        charge("9", "B1-08", None, 5_000, "EUR", period_from="2026-08-01"),
        charge("8", "B1-08", None, 4_000, "EUR", contributory=False, period_from="2026-08-01"),
        charge("7", "B1-08", None, 3_000, "EUR", contributory=None, period_from="2026-08-01"),
        charge("6", "B1-08", None, 1_250, "USD", period_from="2026-08-01"),
    )
    (after,) = (await glance()).milestones.commitments
    assert after.met.value == (100_000 + 5_000 + 1_000) / 1_000_000
    assert after.met.quality == ["for some charges no source says whether they count"]


async def test_pipeline_and_orders_are_those_of_the_whole_family(
    customer: None, glance: Glance
) -> None:
    part = (await glance()).pipeline

    assert (part.open.value, part.amount.value, part.weighted.value) == (1, 200_000, 100_000)
    assert (part.by_stage, part.quotes.value, part.quotes_waiting) == ({"proposal": 1}, 1, 1)
    assert (part.orders.value, part.blocked, part.orders_late) == (1, 1, 1)


async def test_a_person_known_to_two_systems_is_told_once(
    customer: None, tell: Tell, glance: Glance
) -> None:
    seller = ("Seller", "other:1")
    tell(
        "territories",
        said(
            (seller, {"name": "Ada Ask", "email": "ADA@carrier.example"}),
            facts=[("COVERS", seller, ("LegalEntity", "company:Mid"), {"role": "local"})],
        ),
    )

    (person,) = (await glance()).coverage.people
    assert (person.name, person.roles, person.accounts, person.companies) == (
        "Ada Ask",
        ["local", "owner"],
        1,
        2,
    )
    assert person.source_ids == ["sales", "territories"]


async def test_nothing_known_is_unknown_and_never_zero(tell: Tell, glance: Glance) -> None:
    tell("register", company("Top", "DE"))

    found = await glance()
    figures = [
        found.services.in_service,
        found.billing.billed,
        found.billing.overdue,
        found.health.availability,
        found.health.open_tickets,
        found.milestones.due,
        found.pipeline.open,
        found.pipeline.orders,
        found.coverage.covered,
    ]
    assert [one.value for one in figures] == [None] * len(figures)
    assert found.services.unknown == ["no source has told of any service"]
    assert found.billing.unknown == ["no source has told of any bill"]
    assert found.health.unknown == ["no source has told of any ticket"]
    assert found.milestones.unknown == ["no source has told of any contract"]


async def test_a_source_that_is_late_or_broke_off_marks_its_figures(
    customer: None, tell: Tell, glance: Glance
) -> None:
    tell("inventory", service("S1", "DE", "FR"), "cut", on="2026-10-09")
    tell("assurance", measure("S1", "2026-09-01", 0.9985), on="2026-10-09")

    found = await glance(today=date(2026, 10, 9))
    assert found.day == date(2026, 10, 9)
    assert found.services.in_service == Figure(
        3,
        "services",
        DAY,
        ["inventory"],
        [
            "inventory is stale: last whole for 2026-10-06",
            "the last load of inventory was partial",
        ],
    )
    assert found.health.availability.quality == []


async def test_a_company_that_is_not_there_is_said(customer: None, glance: Glance) -> None:
    with pytest.raises(NotFound, match="there is no account or company"):
        await glance("Nobody")
