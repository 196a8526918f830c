"""Deliveries of CSV tables, written by a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.facts.claims import Claims
from loaders.source import RawRecord, find_source

ACCOUNTS = (
    "account_number,customer_number,account_name,currency,status,bill_cycle,tax_id,tax_id_type,"
    "opened_date,updated_at\n"
)
INVOICES = (
    "invoice_number,account_number,invoice_date,due_date,currency,subtotal,tax_amount,total_amount,"
    "balance_due,status\n"
)
CHARGES = "charge_id,invoice_number,charge_type,product_id,service_id,amount,currency\n"

ACCOUNT = "1001,C7,Hudson Paper Inc.,USD,Active,M15,12-3456789,EIN,02/28/2019,2026-11-03 23:15:00\n"
INVOICE = "I-1,1001,11/01/2026,12/01/2026,USD,150.00,12.00,162.00,162.00,Open\n"
CHARGE_LINES = "L-1,I-1,MRC,P-1,S-1,200.00,USD\nL-2,I-1,Credit,P-1,,-50.00,USD\n"


def mapped(record_type: str, native_id: str, **payload: str) -> Claims:
    source = find_source("billing_americas")
    return source.transform(RawRecord(record_type, native_id, payload, "f.csv", 2))


def said(claims: Claims) -> set[tuple[Any, ...]]:
    """Facts with their first day, and links."""
    facts = {
        (one.start.reference, one.type, one.end.reference, one.valid_from) for one in claims.facts
    }
    return facts | {(one.start.reference, one.type, one.end.reference) for one in claims.links}


def shown(claims: Claims, label: str) -> dict[str, Any]:
    """The properties of the one node of this label, without those that are empty."""
    (found,) = [node for node in claims.nodes if node.ref.label == label]
    return {name: value for name, value in found.properties.items() if value is not None}


@pytest.fixture
def delivery(tmp_path: Path) -> Callable[..., Path]:
    """`delivery(accounts=text, ...)` -> the folder with these files."""

    def delivery(**files: str | bytes) -> Path:
        folder = tmp_path / "delivery"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            (folder / f"{name}.csv").write_bytes(data)
        return folder

    return delivery
