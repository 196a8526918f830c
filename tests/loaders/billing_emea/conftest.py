"""Deliveries of XML, written by a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ACCOUNT = """<billingAccount id="1001">
  <lastUpdate>2026-07-01T00:30:00</lastUpdate><name>Nordholm AG</name><state>Active</state>
  <currency>EUR</currency>
  <relatedParty id="C7" role="customer"><name>Nordholm AG</name></relatedParty>
</billingAccount>"""

BILL = """<customerBill id="4711">
  <billNo>B-1</billNo><state>sent</state><billDate>2026-10-05</billDate>
  <paymentDueDate>2026-11-04</paymentDueDate>
  <amountDue unit="EUR">238.00</amountDue>
  <taxExcludedAmount unit="EUR">200.00</taxExcludedAmount>
  <taxItem><taxAmount unit="EUR">38.00</taxAmount></taxItem>
  <billingAccount id="1001"/>
  <appliedCustomerBillingRate id="4711-1"><type>recurringCharge</type>
    <taxExcludedAmount unit="EUR">250.00</taxExcludedAmount><product id="P-17"/>
  </appliedCustomerBillingRate>
  <appliedCustomerBillingRate id="4711-2"><type>appliedBillingCredit</type>
    <taxExcludedAmount unit="EUR">50.00</taxExcludedAmount>
  </appliedCustomerBillingRate>
</customerBill>"""


def document(*resources: str) -> str:
    return f'<billing xmlns="urn:carrier:billing:tmf678">{"".join(resources)}</billing>'


@pytest.fixture
def delivery(tmp_path: Path) -> Callable[..., Path]:
    """`delivery(text, ...)` -> a folder with one file of each text."""

    def delivery(*texts: str | bytes) -> Path:
        folder = tmp_path / "delivery"
        folder.mkdir(exist_ok=True)
        for place, text in enumerate(texts):
            data = text.encode() if isinstance(text, str) else text
            (folder / f"bills-{place:02d}.xml").write_bytes(data)
        return folder

    return delivery
