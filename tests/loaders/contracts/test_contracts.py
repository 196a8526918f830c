"""An agreement with the terms, clauses and commitments that the standard has no field for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.facts.run import Run
from tests.loaders.saying import Said

Say = Callable[[dict[str, Any]], Said]

AGREEMENT: dict[str, Any] = {
    "@type": "CarrierAgreement",
    "@baseType": "Agreement",
    "id": "A-1",
    "documentNumber": "MSA 2025/17",
    "agreementType": "master",
    "status": "approved",
    "statusDate": "2025-01-10",
    "agreementPeriod": {"startDateTime": "2025-01-15", "endDateTime": "2028-01-15"},
    "agreementAuthorization": [{"date": "2025-01-10", "state": "approved"}],
    "engagedParty": [
        {
            "id": "crm_emea:customer:4711",
            "name": "Alpha Werke GmbH",
            "@referredType": "Customer",
        }
    ],
    "noticeDays": 90,
    "autoRenew": False,
    "noticeGivenOn": "2027-09-01",
    "decision": "renegotiate",
    "creditClaimDays": 60,
    "separateTender": False,
    "agreementItem": [
        {
            "id": "1",
            "product": [{"id": "P-1"}, {"id": "P-2"}],
            "validFor": {"startDateTime": "2025-02-01", "endDateTime": "2027-02-01"},
            "noticeDays": 60,
            "autoRenew": True,
            "renewalTermMonths": 12,
            "monthlyAmount": {"unit": "EUR", "value": 1200.5},
            "earlyTerminationShare": 0.5,
            "creditShare": 0.1,
            "renews": {"id": "A-0", "itemId": "7"},
        }
    ],
    "clause": [
        {
            "id": "c1",
            "kind": "change_of_control",
            "text": "Either party may end this agreement ...",
            "span": "section 14.2",
            "confidence": 0.93,
            "noticeDays": 30,
            "consentBefore": True,
            "exemptsAffiliates": True,
        },
        {"id": "c2", "kind": "price_parity", "confidence": 0.8, "threshold": 3, "windowMonths": 6},
    ],
    "commitment": [
        {
            "id": "m1",
            "kind": "marc",
            "amount": {"unit": "EUR", "value": 500000},
            "period": {"startDateTime": "2025-01-15", "endDateTime": "2026-01-15"},
            "payableShare": 1,
            "step": [
                {"from": "2026-01-15", "amount": {"unit": "EUR", "value": 600000}},
                {"from": "2025-01-15", "amount": {"unit": "EUR", "value": 500000}},
            ],
            "billingAccount": [{"id": "billing_emea:billing_account:88"}],
        }
    ],
}
CONTRACT = "contracts:agreement:A-1"
LINE = "contracts:agreement_item:A-1/1"
PROMISE = "contracts:commitment:A-1/m1"


def test_an_agreement_says_its_terms_lines_clauses_and_commitments(say: Say) -> None:
    said = say(AGREEMENT)

    assert said.nodes == {
        f"Agreement {CONTRACT}": {
            "type": "master",
            "status": "approved",
            "status_since": "2025-01-10",
            "party_name": "Alpha Werke GmbH",
            "signed_on": "2025-01-10",
            "period_from": "2025-01-15",
            "period_to": "2028-01-15",
            "notice_days": 90,
            "auto_renew": False,
            "notice_given_on": "2027-09-01",
            "decision": "renegotiate",
            "credit_claim_days": 60,
            "separate_tender": False,
        },
        f"AgreementItem {LINE}": {
            "starts_on": "2025-02-01",
            "ends_on": "2027-02-01",
            "notice_days": 60,
            "auto_renew": True,
            "renewal_term_months": 12,
            "monthly_amount": 120_050,
            "currency": "EUR",
            "early_termination_share": 0.5,
            "credit_share": 0.1,
        },
        "Clause contracts:clause:A-1/c1": {
            "kind": "change_of_control",
            "text": "Either party may end this agreement ...",
            "span": "section 14.2",
            "confidence": 0.93,
            "notice_days": 30,
            "consent_before": True,
            "exempts_affiliates": True,
        },
        "Clause contracts:clause:A-1/c2": {
            "kind": "parity",
            "confidence": 0.8,
            "threshold": 3.0,
            "window_months": 6,
        },
        f"Commitment {PROMISE}": {
            "kind": "MARC",
            "amount": 50_000_000,
            "currency": "EUR",
            "period_from": "2025-01-15",
            "period_to": "2026-01-15",
            "payable_share": 1.0,
            "steps": ["2025-01-15 50000000", "2026-01-15 60000000"],
        },
    }
    assert said.links == {
        (CONTRACT, "HAS_ITEM", LINE),
        (LINE, "RENEWS", "contracts:agreement_item:A-0/7"),
        (CONTRACT, "HAS_CLAUSE", "contracts:clause:A-1/c1"),
        (CONTRACT, "HAS_CLAUSE", "contracts:clause:A-1/c2"),
        (CONTRACT, "HAS_COMMITMENT", PROMISE),
    }
    assert said.facts == {
        ("crm_emea:customer:4711", "PARTY_TO", CONTRACT, "2025-01-15", ""),
        (LINE, "GOVERNS", "inventory:product:P-1", "2025-02-01", ""),
        (LINE, "GOVERNS", "inventory:product:P-2", "2025-02-01", ""),
        ("billing_emea:billing_account:88", "COUNTS_TOWARD", PROMISE, "2025-01-15", ""),
    }
    assert (said.unknown, said.odd) == ([], [])


def test_a_bare_customer_id_is_of_the_contract_systems_own(say: Say) -> None:
    party = {"id": "C-9", "@referredType": "Customer"}

    said = say({"@type": "Agreement", "id": "A-2", "engagedParty": [party]})

    assert said.facts == {("contracts:customer:C-9", "PARTY_TO", "contracts:agreement:A-2", "", "")}


def test_an_agreement_that_ends_before_it_starts_is_kept_and_said(say: Say) -> None:
    period = {"startDateTime": "2026-06-01", "endDateTime": "2025-06-01"}
    line = {"id": "1", "validFor": period}

    said = say({"@type": "Agreement", "id": "A", "agreementPeriod": period, "agreementItem": line})

    assert said.nodes["Agreement contracts:agreement:A"] == {
        "period_from": "2026-06-01",
        "period_to": "2025-06-01",
    }
    assert said.odd == ["the agreement ends before it starts", "an item ends before it starts"]


def test_what_is_inside_a_line_or_a_clause_is_reported_with_its_path(say: Say) -> None:
    said = say(
        {
            "@type": "Agreement",
            "id": "A",
            "agreementItem": [{"id": "1", "colour": "red"}],
            "clause": [{"id": "c", "kind": "notice", "lawyer": "J. Doe"}],
            "mood": "good",
        }
    )

    assert said.unknown == ["mood", "agreementItem.colour", "clause.lawyer"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"clause": [{"kind": "vendetta"}]}, "clause.kind"),
        ({"clause": [{"kind": "notice", "confidence": 93}]}, "confidence"),
        ({"commitment": [{"kind": "MARC", "amount": {"unit": "EURO", "value": 1}}]}, "amount.unit"),
        ({"agreementItem": [{"noticeDays": -1}]}, "noticeDays"),
        ({"agreementItem": [{"noticeDays": 1.5}]}, "noticeDays"),
        ({"autoRenew": "yes"}, "autoRenew"),
    ],
)
def test_a_term_that_cannot_be_understood_is_refused_with_its_field(
    say: Say, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        say({"@type": "Agreement", "id": "A", **wrong})

    assert refused.value.where == field


def test_an_agreement_without_its_clause_any_more_takes_the_clause_back(
    load: Callable[..., Run], batches: BatchSession, tmp_path: Path
) -> None:
    path = tmp_path / "agreements.jsonl"
    path.write_text(json.dumps(AGREEMENT))
    load("contracts", path, full=True)
    later = {**AGREEMENT, "clause": AGREEMENT["clause"][:1]}
    path.write_text(json.dumps(later))
    run = load("contracts", path, full=True, now=datetime(2026, 1, 3, tzinfo=UTC))

    assert (run.status, run.changed) == ("COMPLETE", 1)
    links = batches.rows("MATCH (:Agreement)-[:HAS_CLAUSE]->(c) RETURN c.reference")
    assert links == [("contracts:clause:A-1/c1",)]
