"""What lines of 256 bytes say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.billing_apac import layout
from loaders.source import Delivery, RawRecord, find_source
from tests.loaders.billing_apac.conftest import BILL, account, file, line, section, spread

Write = Callable[[bytes], Path]


def mapped(path: Path) -> Claims:
    """What the one record of an extract says."""
    source = find_source("billing_apac")
    (record,) = source.extract(Delivery(path))
    assert isinstance(record, RawRecord)
    return source.transform(record)


def said(claims: Claims) -> set[tuple[str, str, str]]:
    both = [*claims.facts, *claims.links]
    return {(one.start.reference, one.type, one.end.reference) for one in both}


def shown(claims: Claims, label: str) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in node.properties.items() if value is not None}
        for node in claims.nodes
        if node.ref.label == label
    ]


def test_an_account_and_its_holder_by_what_stands_where(write: Write) -> None:
    claims = mapped(write(file(section("LATIN-1", account()))))

    party, customer = "billing_apac:party:C7", "billing_apac:customer:1001"
    assert said(claims) == {
        (party, "HAS_NAME", "name:trading::Southern Cross Paper Pty"),
        (party, "PLAYS", customer),
        (customer, "BILLED_BY", "billing_apac:billing_account:1001"),
    }
    assert shown(claims, "BillingAccount") == [
        {
            "party_name": "Southern Cross Paper Pty",
            "state": "Active",
            "state_since": date(2024, 3, 1),
            "currency": "JPY",
        }
    ]
    assert {fact.valid_from for fact in claims.facts if fact.type == "PLAYS"} == {date(2019, 2, 28)}


@pytest.mark.parametrize(
    ("page", "name", "raw"),
    [
        ("SHIFT_JIS", "北浜製紙株式会社", "北浜製紙株式会社".encode("cp932")),
        ("SHIFT_JIS", "ｷﾀﾊﾏ", "ｷﾀﾊﾏ".encode("cp932")),
        ("LATIN-1", "Société Calédonienne", "Société Calédonienne".encode("latin-1")),
        ("LATIN-1", "ñ" * 30, ("ñ" * 35).encode("latin-1")),
    ],
)
def test_a_name_is_in_its_section_s_code_page_and_has_thirty_bytes(
    page: str, name: str, raw: bytes, write: Write
) -> None:
    claims = mapped(write(file(section(page, account(raw)))))

    assert shown(claims, "BillingAccount")[0]["party_name"] == name
    assert claims.odd == []


def test_a_name_that_is_cut_within_a_letter_loses_that_letter_and_is_said(write: Write) -> None:
    raw = ("A" + "北" * 20).encode("cp932")
    claims = mapped(write(file(section("SHIFT_JIS", account(raw)))))

    assert shown(claims, "LegalEntity")[0]["name"] == "A" + "北" * 14
    assert claims.odd == ["the name is cut within a letter, which is left out"]


def test_a_bill_from_its_header_to_its_trailer(write: Write) -> None:
    claims = mapped(write(file(section("LATIN-1", *BILL))))

    bill = "billing_apac:bill:4711"
    assert said(claims) == {
        (bill, "ON", "billing_apac:billing_account:1001"),
        (bill, "HAS_CHARGE", "billing_apac:charge:4711/0001"),
        (bill, "HAS_CHARGE", "billing_apac:charge:4711/0002"),
        ("billing_apac:charge:4711/0001", "FOR", "inventory:product:P-17"),
        ("billing_apac:charge:4711/0001", "FOR", "inventory:service:S-17"),
    }
    period = {"period_from": date(2026, 10, 1), "period_to": date(2026, 11, 1)}
    assert shown(claims, "Bill") == [
        {
            **period,
            "number": "B-1",
            "state": "sent",
            "issued_on": date(2026, 11, 5),
            "due_on": date(2026, 12, 5),
            "amount": 165,
            "tax_amount": 15,
            "remaining_amount": 165,
            "currency": "JPY",
        }
    ]
    common = {**period, "currency": "JPY", "is_billed": True}
    assert shown(claims, "Charge") == [
        {**common, "kind": "recurring", "amount": 200},
        {
            **common,
            "kind": "credit",
            "amount": -50,
            "reason": "service_level",
            "contributory": True,
            "discount_amount": 20,
            "discount_ends_on": date(2027, 1, 1),
        },
    ]
    assert claims.odd == claims.unknown == []


@pytest.mark.parametrize(
    ("place", "before", "after", "odd"),
    [
        (1, b"200+", b"201+", "the lines do not add up to the bill without its tax"),
        (0, b"15+0", b"16+0", "net amount and tax do not add up to the amount due"),
        (0, b"20261001202610", b"20261101202610", "the period ends before it begins"),
    ],
)
def test_what_does_not_agree_is_kept_and_said(
    place: int, before: bytes, after: bytes, odd: str, write: Write
) -> None:
    lines = [*BILL]
    lines[place] = lines[place].replace(before, after, 1)
    claims = mapped(write(file(section("LATIN-1", *lines))))

    assert claims.odd == [odd]
    assert shown(claims, "Bill")[0]["amount"] == 165


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*BILL[:2], BILL[3]], "counts 00002 lines, 1 came"),
        (BILL[:3], "has no trailer that counts its lines"),
        ([BILL[0].replace(b"165+", b"165 ", 1), *BILL[1:]], "is no amount"),
        ([BILL[0].replace(b"SNJPY", b"XXJPY"), *BILL[1:]], "'XX' is not one of nw, hd"),
        ([BILL[0].replace(b"SNJPY", b"SNYEN"), *BILL[1:]], "'YEN' is no currency"),
        ([BILL[0].replace(b"20261205", b"20260230"), *BILL[1:]], "is not a day"),
    ],
)
def test_a_bill_that_cannot_be_read_whole_is_refused(
    lines: list[bytes], why: str, write: Write
) -> None:
    with pytest.raises(RecordRejected, match=why):
        mapped(write(file(section("LATIN-1", *lines))))


def test_a_payment_a_dispute_and_a_commitment(write: Write) -> None:
    numbers = spread(("Y1", 13), ("1001", 13), ("4711", 13))
    paid = line(f"30{numbers}20261120SGD00000000010000+GIRO")
    disputed = line(f"40{numbers}2026112100000000INR00000000000500+rate".ljust(95) + "open")
    counted = line("11" + spread(("1001", 13), ("A1/1", 40)))
    source, path = (
        find_source("billing_apac"),
        write(file(section("LATIN-1", paid, disputed, counted))),
    )

    found = [source.transform(record) for record in source.extract(Delivery(path))]  # type: ignore[arg-type]

    account, bill = "billing_apac:billing_account:1001", "billing_apac:bill:4711"
    assert [said(claims) for claims in found] == [
        {
            ("billing_apac:payment:Y1", "ON", account),
            ("billing_apac:payment:Y1", "SETTLES", bill),
        },
        {
            ("billing_apac:dispute:Y1", "ON", account),
            ("billing_apac:dispute:Y1", "DISPUTES", bill),
        },
        {(account, "COUNTS_TOWARD", "contracts:commitment:A1/1")},
    ]
    assert shown(found[0], "Payment") == [
        {"amount": 10000, "currency": "SGD", "paid_on": date(2026, 11, 20), "method": "GIRO"}
    ]
    assert shown(found[1], "Dispute") == [
        {
            "amount": 500,
            "currency": "INR",
            "reason": "rate",
            "state": "open",
            "opened_on": date(2026, 11, 21),
        }
    ]


@pytest.mark.parametrize("kind", sorted(layout.LAYOUT))
def test_no_line_is_longer_than_it_may_be(kind: str) -> None:
    assert 2 + sum(column.width for column in layout.LAYOUT[kind]) <= layout.LENGTH


def test_a_line_is_written_as_it_is_read_and_only_names_are_cut() -> None:
    written = layout.written(
        layout.ACCOUNT, "cp932", account="1", name="北" * 20, currency="JPY", city="大阪"
    )

    assert len(written) == 256
    assert layout.parsed(written, "cp932") == {
        "account": "1",
        "name": "北" * 15,
        "currency": "JPY",
        "city": "大阪",
    }
    with pytest.raises(ValueError, match="is longer than 13"):
        layout.written(layout.ACCOUNT, "cp932", account="1" * 14)
    with pytest.raises(ValueError, match="has no colour"):
        layout.written(layout.ACCOUNT, "cp932", colour="red")
