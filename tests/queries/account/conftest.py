"""A customer that five systems tell of, for tests to ask about and to add to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import ReadSession
from graph.facts.run import Run
from graph.ids import node_id
from queries.account.account_glance import AccountGlance, account_glance
from tests.queries.account.customer import (
    account,
    agreement,
    bill,
    charge,
    company,
    measure,
    service,
)
from tests.queries.dictated import Dictated, Record, said, write

Tell = Callable[..., Run]
Glance = Callable[..., Awaitable[AccountGlance]]

REGISTER = [
    company("Top", "DE"),
    company("Mid", "FR", legal="Top", commercial="Top"),
    company("Low", "GB", commercial="Mid"),
    company("Foreign", "US"),
    said(
        (("Account", "account:top"), {"name": "Top", "tier": "gold"}),
        facts=[("ROOTED_AT", ("Account", "account:top"), ("LegalEntity", "company:Top"), {})],
    ),
]
INVENTORY = [
    said((("ProductOffering", "offering:line"), {"name": "Line 100", "family": "ethernet"})),
    service("S1", "DE", "FR"),
    service("S2", "FR", operating_status="degraded"),
    service("S3", "GB", product=False),
    service("S4", "FR", activated_on="2027-01-01", state="designed", operating_status="pending"),
    service("S9", "US"),
]
CONTRACTS = [
    agreement(
        "A1",
        "B1",
        ("S1", {"ends_on": "2027-01-31", "notice_days": 90, "auto_renew": True}),
        ("S2", {"ends_on": "2026-12-31"}),
        ("S4", {"ends_on": "2030-01-01"}),
    ),
    agreement("A9", "B9", ("S9", {"ends_on": "2026-12-01"})),
    said(
        (
            ("Commitment", "commitment:1"),
            {"kind": "MARC", "amount": 1_000_000, "currency": "EUR"}
            | {"period_from": "2026-01-01", "period_to": "2027-01-01"},
        ),
        facts=[
            ("COUNTS_TOWARD", ("BillingAccount", "billing:B1"), ("Commitment", "commitment:1"), {})
        ],
        links=[
            ("HAS_COMMITMENT", ("Agreement", "agreement:A1"), ("Commitment", "commitment:1"), {})
        ],
    ),
]
BILLING = [
    account("B1", "Mid", "EUR"),
    account("B2", "Low", "USD"),
    account("B3", "Low", "AED"),
    account("B9", "Foreign", "EUR"),
    *(
        bill(f"B1-{month}", "B1", f"2026-{month}-01", 100_000, "EUR", remaining_amount=0)
        for month in ("06", "07", "08")
    ),
    bill("B1-09", "B1", "2026-09-01", 119_000, "EUR", tax_amount=19_000),
    bill("B2-09", "B2", "2026-09-20", 25_000, "USD"),
    bill("B3-09", "B3", "2026-09-20", 700, "AED"),
    bill("B9-09", "B9", "2026-09-01", 999_999, "EUR"),
    charge("1", "B1-09", ("Product", "product:S1"), 110_000, "EUR", period_from="2026-09-01"),
    charge("2", "B1-09", None, -10_000, "EUR", kind="credit", period_from="2026-09-01"),
    charge("3", "B2-09", ("Service", "service:S3"), 25_000, "USD", period_from="2026-09-01"),
    said(
        (
            ("Dispute", "dispute:1"),
            {"amount": 5_000, "currency": "EUR", "state": "open", "opened_on": "2026-09-10"},
        ),
        links=[("ON", ("Dispute", "dispute:1"), ("BillingAccount", "billing:B1"), {})],
    ),
    said(
        (
            ("ExchangeRate", "rate:USD"),
            {"currency": "USD", "base": "EUR", "rate": 1.25, "on": "2026-09-30"},
        )
    ),
]
ASSURANCE = [
    measure("S1", "2026-08-01", 0.9995),
    measure("S1", "2026-09-01", 0.9985),
    measure("S2", "2026-09-01", 0.9995),
    measure("S9", "2026-09-01", 0.5),
    said(
        (
            ("TroubleTicket", "ticket:1"),
            {"status": "inProgress", "severity": "1", "root_cause": "fibre_cut"}
            | {"opened_at": "2026-10-05T08:00:00"},
        ),
        links=[("AFFECTS", ("TroubleTicket", "ticket:1"), ("Service", "service:S2"), {})],
    ),
    said(
        (
            ("TroubleTicket", "ticket:2"),
            {"status": "closed", "severity": "2", "downtime_minutes": 30}
            | {"opened_at": "2026-09-05T08:00:00", "resolved_at": "2026-09-05T09:00:00"},
        ),
        links=[("AFFECTS", ("TroubleTicket", "ticket:2"), ("Service", "service:S1"), {})],
    ),
]
SALES = [
    said(
        (
            ("Opportunity", "opportunity:1"),
            {"stage": "proposal", "kind": "new", "probability": 0.5, "amount": 200_000}
            | {"currency": "EUR", "close_on": "2026-11-30"},
        ),
        (
            ("Quote", "quote:1"),
            {"number": "Q-1", "state": "pending", "amount": 20_000, "currency": "EUR"}
            | {"created_on": "2026-09-01", "version": "1"},
        ),
        links=[
            ("CONCERNS", ("Opportunity", "opportunity:1"), ("LegalEntity", "company:Low"), {}),
            ("QUOTES", ("Quote", "quote:1"), ("Opportunity", "opportunity:1"), {}),
        ],
    ),
    said(
        (
            ("Order", "order:1"),
            {"status": "inProgress", "stage": "access_ordered", "blocker": "permit"}
            | {"blocked_since": "2026-09-20", "ordered_at": "2026-09-01T00:00:00"}
            | {"committed_on": "2026-10-01"},
        ),
        links=[("DELIVERS", ("Order", "order:1"), ("Service", "service:S4"), {})],
    ),
    said(
        (("Seller", "seller:1"), {"name": "Ada Ask", "email": "ada@carrier.example"}),
        facts=[
            ("COVERS", ("Seller", "seller:1"), ("Account", "account:top"), {"role": "owner"}),
            ("COVERS", ("Seller", "seller:1"), ("LegalEntity", "company:Low"), {"role": "owner"}),
        ],
    ),
]
SYSTEMS: dict[str, list[Record]] = {
    "register": REGISTER,
    "inventory": INVENTORY,
    "contracts": CONTRACTS,
    "billing": BILLING,
    "assurance": ASSURANCE,
    "sales": SALES,
}


@pytest.fixture
def tell(load: Callable[..., Run], tmp_path: Path) -> Tell:
    """Load what one system says: `tell("billing", bill(...), on="2026-10-06")`."""

    def tell(system: str, *records: Record | str, on: str = "2026-10-06") -> Run:
        now = datetime.fromisoformat(on).replace(hour=6, tzinfo=UTC)
        path = write(tmp_path, f"{system}-{on}", records)
        return load(Dictated(system, since="2020-01-01"), path, as_of=on, now=now)

    return tell


@pytest.fixture
def customer(tell: Tell) -> None:
    """A customer of three companies, beside a foreign one, told by all six systems."""
    for system, records in SYSTEMS.items():
        assert tell(system, *records).status == "COMPLETE"


@pytest.fixture
def glance(graph: ReadSession) -> Glance:
    """The whole of the customer below a company: `await glance("Top")`."""

    async def glance(name: str = "Top", **asked: Any) -> AccountGlance:
        given: dict[str, Any] = {"base_currency": "EUR", "today": date(2026, 10, 7)} | asked
        return await account_glance(graph, id=node_id(f"company:{name}"), **given)

    return glance
