"""Deliveries of CSV tables, written by a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
