"""TM Forum Open API payloads: one resource, a list of them, or one a line; v4 and v5."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.dates import iso
from loaders.files import json_records, walk
from loaders.identifiers import own
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable
from loaders.tmforum import (
    agreements,
    assurance,
    commerce,
    inventory,
    offerings,
    ordering,
    party,
    quotes,
)
from loaders.tmforum.kinds import kind_of
from loaders.tmforum.persons import is_person, without_persons
from loaders.tmforum.reading import Reading

PATTERNS = tuple(
    f"*.{form}{packed}" for form in ("json", "ndjson", "jsonl") for packed in ("", ".gz")
)
CHANGED_AT = ("lastUpdate", "lastModified", "alarmChangedTime")
"""Where a resource says when this version of it came to be."""

MAPPINGS: Mapping[str, Callable[[Reading], Claims]] = {
    "organization": party.organization,
    "customer": party.customer,
    "billing_account": commerce.billing_account,
    "agreement": agreements.agreement,
    "customer_bill": commerce.customer_bill,
    "applied_customer_billing_rate": commerce.applied_customer_billing_rate,
    "product": inventory.product,
    "service": inventory.service,
    "geographic_site": inventory.geographic_site,
    "product_offering": offerings.product_offering,
    "product_offering_price": offerings.product_offering_price,
    "product_order": ordering.product_order,
    "quote": quotes.quote,
    "trouble_ticket": assurance.trouble_ticket,
    "alarm": assurance.alarm,
}


class TmForum(Source):
    """Resources of the TM Forum Open APIs, as files."""

    name = "tmforum"
    mappings: ClassVar[Mapping[str, Callable[[Reading], Claims]]] = MAPPINGS
    """Record type -> how one of it is mapped."""
    first: ClassVar[tuple[str, ...]] = ()
    """Words that begin the names of files to read first: what the others refer to."""

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every resource; a file that is no JSON is named at the end, the others count."""
        met: set[str] = set()
        for path, ordinal, payload in walk(
            delivery.path, json_records, *PATTERNS, first=self.first
        ):
            item = self._item(payload, path, ordinal)
            met.add(item.record_type)
            yield item
        for record_type in sorted(met & set(self.spec.record_types)):
            delivery.cover(record_type)

    def transform(self, record: RawRecord) -> Claims:
        """Map one resource by its own kind."""
        return self.mappings[record.record_type](Reading(record, self.reference))

    def reference(self, kind: str, native_id: object) -> str:
        """The reference of a resource: here all resources are named by one system."""
        return own(self.name, kind, str(native_id).strip())

    def _item(self, payload: dict[str, Any], path: Path, ordinal: int) -> Extracted:
        known = {**self.spec.record_types, **self.spec.ignores}
        kind = kind_of(payload, known)
        kind = kind if kind in known or kind == "individual" else ""
        if kind == "customer" and is_person(payload.get("engagedParty")):
            kind = "individual"
        if kind in self.spec.ignores:
            return Ignored(kind, self.spec.ignores[kind])
        native_id = str(payload.get("id") or "").strip()
        if kind not in self.spec.record_types or not native_id:
            return _unreadable(payload, kind, native_id, path, ordinal)
        kept = without_persons(payload)
        return RawRecord(kind, native_id, kept, path.name, ordinal, _changed_at(payload))


def _unreadable(
    payload: Mapping[str, Any], kind: str, native_id: str, path: Path, ordinal: int
) -> Unreadable:
    """What is not known may hold anything: its field names are kept, its values are not."""
    said = payload.get("@type")
    reason = f"the {kind} has no id" if kind else "no known resource: neither @type"
    if not kind:
        reason += f" ({said!r})" if said else ""
        reason += ", @baseType, a telling field nor href says which"
    return Unreadable(
        kind or "unknown",
        native_id,
        f"fields: {', '.join(sorted(payload))}",
        reason,
        "send @type, or map or ignore the resource by name in loaders/tmforum",
        path.name,
        ordinal,
    )


def _changed_at(payload: Mapping[str, Any]) -> str | None:
    """The moment of the change; one that cannot be read is refused by transform, with its field."""
    for name in CHANGED_AT:
        try:
            if moment := iso(payload.get(name), field=name):
                return moment
        except RecordRejected:
            return None
    return None
