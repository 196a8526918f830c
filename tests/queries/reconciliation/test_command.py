"""`./footprint reconcile`: the lines, the money with its rate, the filters, what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from graph.evidence import EvidenceStore
from queries import reconcile_cli
from queries.reconciliation.kept import kept, kept_before
from tests.queries.reconciliation.books import (
    account,
    agreement,
    bill,
    product,
    rate,
    service,
)
from tests.queries.reconciliation.conftest import BILLING, CONTRACTS, INVENTORY, Carrier, Tell

Footprint = Callable[..., tuple[int, str, str]]
FOREIGN = {"currency": "USD"}


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, evidence: EvidenceStore) -> None:
    """Worklists are kept in the test's own store."""
    monkeypatch.setattr(reconcile_cli, "evidence_store", lambda: evidence)


@pytest.fixture
def disagreeing(carrier: Carrier, tell: Tell) -> None:
    """An orphan account in dollars, one in rands, and a bill that is 10 euros too high."""
    usd = [account("U", None, **FOREIGN), bill("U", "2026-09", ("Q", 10_000), code="USD")]
    zar = [account("Z", None, currency="ZAR"), bill("Z", "2026-09", ("R", 70_000), code="ZAR")]
    wrong = bill("A", "2026-09", ("P", 90_000), amount=91_000)
    had = {"Q": ("USD", 10_000), "R": ("ZAR", 70_000)}
    carrier(
        inventory=[
            *INVENTORY,
            *(service(one) for one in had),
            *(product(one, one, price, currency=code) for one, (code, price) in had.items()),
        ],
        billing=[*BILLING[:3], wrong, *usd, *zar],
        contracts=[
            *CONTRACTS,
            *(
                agreement(one, one, amount=price, currency=code)
                for one, (code, price) in had.items()
            ),
        ],
    )
    tell("rates", rate("USD", 1.25, "2026-09-30"))


def test_findings_come_with_money_and_proof(footprint: Footprint, disagreeing: None) -> None:
    code, told, notes = footprint("reconcile")

    assert code == 0
    lines = told.splitlines()
    assert lines[0] == "On 2026-10-01: 3 findings; EUR 970.00 at stake in twelve months"
    assert lines[-12:] == [
        "  1  a billing account without customer: billing:account:U, Customer U",
        "     EUR 80.00 a month = USD 100.00 (1 USD = 0.8 EUR of 2026-09-30)",
        "     billing: no customer on the account, last billed for 2026-09-01 "
        "(billing account U, billing-2026-10-01.jsonl:5, as of 2026-10-01)",
        "",
        "  2  lines do not add up to the bill: A/2026-09, Customer A, since 2026-09-01",
        "     EUR 10.00",
        "     billing: the bill says EUR 910.00 without tax "
        "(billing bill A/2026-09, billing-2026-10-01.jsonl:4, as of 2026-10-01)",
        "     billing: its 1 lines come to EUR 900.00 "
        "(billing bill A/2026-09, billing-2026-10-01.jsonl:4, as of 2026-10-01)",
        "",
        "  3  a billing account without customer: billing:account:Z, Customer Z",
        "     ZAR 700.00 a month (no rate of ZAR: not converted)",
        "     billing: no customer on the account, last billed for 2026-09-01 "
        "(billing account Z, billing-2026-10-01.jsonl:7, as of 2026-10-01)",
    ]
    assert "no worklist of an earlier day was kept" in notes


def test_filters_choose_what_is_shown_and_not_what_is_kept(
    footprint: Footprint, disagreeing: None, evidence: EvidenceStore
) -> None:
    _, told, _ = footprint("reconcile", "--kind", "bill_does_not_add_up", "--json")
    plain = json.loads(told)
    assert [(one["kind"], one["name"]) for one in plain["findings"]] == [
        ("bill_does_not_add_up", "A/2026-09")
    ]
    _, told, _ = footprint("reconcile", "--account", "customer z", "--json")
    (one,) = json.loads(told)["findings"]
    assert (one["account"], one["money"]["unconverted"], one["twelve_months"]) == (
        "billing:account:Z",
        {"ZAR": 70_000},
        0,
    )
    _, told, _ = footprint("reconcile", "--limit", "1", "--json")
    plain = json.loads(told)
    assert len(plain["findings"]) == 1
    assert [(one["kind"], one["findings"]) for one in plain["totals"]] == [
        ("account_without_customer", 2),
        ("bill_does_not_add_up", 1),
    ]
    assert len(kept(evidence, date(2026, 10, 1))) == 3


def test_what_cleared_since_yesterday_is_told(
    footprint: Footprint, disagreeing: None, tell: Tell, evidence: EvidenceStore
) -> None:
    footprint("reconcile")
    usd = account("U", "C", **FOREIGN)
    tell("billing", usd, on="2026-10-02", full=False)

    code, told, notes = footprint("reconcile")

    assert code == 0
    assert "since 2026-10-01: 0 new, 2 stay, 1 cleared" in notes
    assert told.splitlines()[-2:] == [
        "cleared since 2026-10-01",
        "     a billing account without customer: billing:account:U, Customer U: "
        "it has a customer now",
    ]
    assert kept_before(evidence, date(2026, 10, 3)) == date(2026, 10, 2)


def test_what_cannot_be_asked_says_what_to_do(footprint: Footprint, disagreeing: None) -> None:
    assert footprint("reconcile", "--since", "2026-09-01")[0] == 8
    assert footprint("reconcile", "--account", "nobody")[0] == 8
    assert footprint("reconcile", "--kind", "all")[0] == 2


def test_without_data_there_is_no_worklist(footprint: Footprint) -> None:
    code, _, wrong = footprint("reconcile")

    assert code == 8
    assert "./footprint load" in wrong
