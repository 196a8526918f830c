"""NetBox: a Django export or saved REST pages; only places, parties and circuits are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.dates import iso
from loaders.files import json_records, walk
from loaders.netbox import mapping, places
from loaders.netbox.shapes import Reading, fields_of, id_of, is_page, model_of, without_free_text
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable

PATTERNS = ("*.json", "*.json.gz", "*.jsonl", "*.jsonl.gz")
TYPES = {
    "dcim.region": "region",
    "dcim.site": "site",
    "tenancy.tenant": "tenant",
    "circuits.provider": "provider",
    "circuits.circuittype": "circuit_type",
    "circuits.circuit": "circuit",
    "circuits.circuittermination": "circuit_termination",
}
"""Django model -> record type."""

MAPPINGS: Mapping[str, Callable[[Reading], Claims]] = {
    "region": mapping.region,
    "site": places.site,
    "tenant": mapping.tenant,
    "provider": mapping.provider,
    "circuit_type": mapping.circuit_type,
    "circuit": mapping.circuit,
    "circuit_termination": mapping.circuit_termination,
}


class NetBox(Source):
    """A network's source of truth, without its devices, addresses and users."""

    name = "netbox"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every object; a file that is no JSON is named at the end, the others count."""
        met: set[str] = set()
        announced: Counter[str] = Counter()
        others = 0
        try:
            for path, ordinal, document in walk(delivery.path, json_records, *PATTERNS):
                if is_page(document):
                    model = self._page_model(document)
                    announced[model] = max(announced[model], int(document["count"]))
                    objects = document["results"]
                else:
                    objects = [document]
                    others += 1
                for payload in objects:
                    item = self._item(payload, path, ordinal)
                    met.add(item.record_type)
                    yield item
        finally:
            if announced:
                delivery.expect(others + sum(announced.values()))
        for record_type in sorted(met & set(self.spec.record_types)):
            delivery.cover(record_type)

    def transform(self, record: RawRecord) -> Claims:
        """Map one object by its type."""
        return MAPPINGS[record.record_type](Reading(record, self.name))

    def _page_model(self, page: Mapping[str, Any]) -> str:
        first = next((one for one in page["results"] if isinstance(one, dict)), {})
        return model_of(first, self._known())

    def _known(self) -> set[str]:
        return {*TYPES, *self.spec.ignores}

    def _item(self, payload: Any, path: Path, ordinal: int) -> Extracted:
        given = payload if isinstance(payload, dict) else {}
        model = model_of(given, self._known())
        if model in self.spec.ignores:
            return Ignored(model, self.spec.ignores[model])
        native_id = id_of(given)
        if model not in TYPES or not native_id:
            return _unreadable(given, model, native_id, path, ordinal)
        kept = without_free_text(given)
        changed_at = _changed_at(fields_of(given))
        return RawRecord(TYPES[model], native_id, kept, path.name, ordinal, changed_at)


def _unreadable(
    payload: Mapping[str, Any], model: str, native_id: str, path: Path, ordinal: int
) -> Unreadable:
    """What is not known may hold secrets: its field names are kept, its values are not."""
    if model in TYPES:
        reason = f"the {TYPES[model]} has no primary key"
    else:
        reason = f"no known model ({model or 'neither model nor url says which'})"
    return Unreadable(
        TYPES.get(model, model or "unknown"),
        native_id,
        f"fields: {', '.join(sorted(fields_of(payload)))}",
        reason,
        "map it, or ignore it by name in loaders/netbox/source.yaml, then load again",
        path.name,
        ordinal,
    )


def _changed_at(fields: Mapping[str, Any]) -> str | None:
    """The moment of the last change; one that cannot be read is refused by transform."""
    try:
        return iso(fields.get("last_updated"), field="last_updated")
    except RecordRejected:
        return None
