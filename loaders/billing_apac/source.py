"""Accounts, bills, payments and disputes from a mainframe's fixed-width extract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.billing.ledger import Ledger
from loaders.billing_apac import mapping
from loaders.billing_apac.lines import Extract
from loaders.dates import iso
from loaders.files import walk
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec

PATTERNS = ("*.dat", "*.dat.gz", "*.txt")
MAPPINGS: Mapping[str, Callable[[Ledger, RawRecord], Claims]] = {
    "account": mapping.account,
    "commitment": mapping.commitment,
    "bill": mapping.bill,
    "payment": mapping.payment,
    "dispute": mapping.dispute,
}


class BillingApac(Source):
    """The books of Asia and the Pacific."""

    name = "billing_apac"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(spec)
        self._ledger = Ledger(self.name)

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every record; a file that is cut off is named at the end, the others count."""
        met: set[str] = set()
        for _, _, item in walk(delivery.path, _records, *PATTERNS):
            if isinstance(item, RawRecord):
                met.add(item.record_type)
                yield replace(item, happened_at=self._changed(item.payload))
            else:
                yield item
        for record_type in sorted(met):
            delivery.cover(record_type)

    def transform(self, record: RawRecord) -> Claims:
        """Map one record by its type."""
        return MAPPINGS[record.record_type](self._ledger, record)

    def _changed(self, payload: Mapping[str, Any]) -> str | None:
        """The moment of the change; one that cannot be read is refused by the mapping."""
        try:
            return iso(mapping.stamp(payload.get("updated")), zone=self.zone)
        except RecordRejected:
            return None


def _records(path: Path) -> Iterator[tuple[int, Extracted]]:
    extract = Extract(path)
    for item in extract.records():
        yield extract.number, item
