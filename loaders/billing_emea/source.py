"""Accounts, bills, payments and disputes as XML in the terms of TM Forum, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.billing.ledger import Ledger
from loaders.billing_emea import mapping
from loaders.billing_emea.resources import resources
from loaders.dates import iso
from loaders.files import walk
from loaders.references import across
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec, Unreadable
from loaders.tmforum.reading import Reading

PATTERNS = ("*.xml", "*.xml.gz")
MAPPINGS: Mapping[str, Callable[[Ledger, Reading], Claims]] = {
    "billingAccount": mapping.billing_account,
    "customerBill": mapping.customer_bill,
    "payment": mapping.payment,
    "dispute": mapping.dispute,
}


class BillingEmea(Source):
    """The books of Europe, the Middle East and Africa."""

    name = "billing_emea"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(spec)
        self._ledger = Ledger(self.name)
        self._naming = partial(across, self.name)

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every resource; a file that is no whole XML is named at the end."""
        met: set[str] = set()
        read = partial(resources, known=MAPPINGS)
        for path, line, (name, content) in walk(delivery.path, read, *PATTERNS):
            native_id = str(content.get("id") or "").strip()
            if name not in MAPPINGS or not native_id:
                yield Unreadable(
                    name,
                    native_id,
                    f"fields: {', '.join(sorted(content))}",
                    f"the {name} has no id" if name in MAPPINGS else f"no known resource: {name}",
                    "send its id, or map or ignore the element by name in loaders/billing_emea",
                    path.name,
                    line,
                )
                continue
            met.add(name)
            yield RawRecord(name, native_id, content, path.name, line, self._changed(content))
        for name in sorted(met):
            delivery.cover(name)

    def transform(self, record: RawRecord) -> Claims:
        """Map one resource by its name."""
        return MAPPINGS[record.record_type](self._ledger, Reading(record, self._naming))

    def _changed(self, content: Mapping[str, Any]) -> str | None:
        """The moment of the change; one that cannot be read is refused by the mapping."""
        try:
            return iso(content.get("lastUpdate"), zone=self.zone)
        except RecordRejected:
            return None
