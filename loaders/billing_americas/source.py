"""Accounts, invoices, charges, payments and disputes as CSV, days as month/day/year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graph.errors import RecordRejected, SourceError
from graph.facts.claims import Claims
from loaders.billing.ledger import Ledger
from loaders.billing.lines import Lines
from loaders.billing_americas import mapping
from loaders.files import csv_records
from loaders.money import currency, minor_units
from loaders.source import Delivery, Extracted, RawRecord, SourceSpec
from loaders.tables import Table, TableSource


class BillingAmericas(TableSource):
    """The books of the Americas."""

    name = "billing_americas"
    changed_at = "updated_at"
    tables = (
        Table("account", ("account_number", "customer_number", "bill_cycle"), ("account_number",)),
        Table("invoice", ("invoice_number", "invoice_date", "account_number"), ("invoice_number",)),
        Table("charge", ("charge_id", "charge_type"), ("charge_id",)),
        Table("payment", ("payment_id", "payment_date"), ("payment_id",)),
        Table("dispute", ("dispute_id", "opened_date"), ("dispute_id",)),
    )

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(spec)
        self._ledger = Ledger(self.name)
        self._lines: dict[str, Lines] = {}

    @property
    def mappings(self) -> Mapping[str, Callable[[RawRecord], Claims]]:
        """How each table is mapped."""
        return {
            "account": lambda row: mapping.account(self._ledger, row),
            "invoice": lambda row: mapping.invoice(
                self._ledger, row, self._lines.get(row.native_id)
            ),
            "charge": lambda row: mapping.charge(self._ledger, row),
            "payment": lambda row: mapping.payment(self._ledger, row),
            "dispute": lambda row: mapping.dispute(self._ledger, row),
        }

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every row.

        The charges are read once more before, to say which invoices their lines do not add up
        to: one sum an invoice of this delivery stays in memory.
        """
        self._lines = self._sums(delivery)
        yield from super().extract(delivery)

    def _sums(self, delivery: Delivery) -> dict[str, Lines]:
        whole: dict[str, Lines] = {}
        for table, path in self.files(delivery.path, []):
            if table.record_type != "charge":
                continue
            try:
                of_file = _sums_of(csv_records(path, needs=table.told_by))
            except SourceError:
                return {}  # cut off: what is left out of a sum would be said of the invoice
            for number, lines in of_file.items():
                if whole.setdefault(number, lines) is not lines:
                    whole[number].join(lines)
        return whole


def _sums_of(rows: Iterator[tuple[int, dict[str, str]]]) -> dict[str, Lines]:
    """The sums of a file's charges by invoice; what cannot be read is said when it is mapped."""
    sums: dict[str, Lines] = {}
    before: dict[str, str] = {}
    for _, row in rows:
        number = row.get("invoice_number")
        if not number or row == before:
            continue
        before = row
        try:
            code = currency(row.get("currency"))
            amount = minor_units(row.get("amount"), code)
        except RecordRejected:
            continue
        sums.setdefault(number, Lines()).add(amount, code)
    return sums
