"""Rows of Microsoft Dataverse as its Web API writes them: JSON, one object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.crm_emea import mapping
from loaders.dates import iso
from loaders.files import json_records, walk
from loaders.references import across
from loaders.source import Delivery, Extracted, RawRecord, Source, Unreadable

PATTERNS = ("*.jsonl", "*.ndjson", "*.json", "*.jsonl.gz", "*.ndjson.gz")
KEYS = {
    "opportunity": "opportunityid",
    "account": "accountid",
    "systemuser": "systemuserid",
    "appointment": "activityid",
    "phonecall": "activityid",
    "email": "activityid",
    "letter": "activityid",
}
"""Table -> the column that is its primary key."""
TYPE, ACTIVITY = "@odata.type", "activitytypecode"

MAPPINGS: Mapping[str, Callable[[mapping.Row], Claims]] = {
    "account": mapping.account,
    "opportunity": mapping.opportunity,
    "systemuser": mapping.systemuser,
    **dict.fromkeys(("appointment", "phonecall", "email", "letter"), mapping.activity),
}


class CrmEmea(Source):
    """Accounts, opportunities and users of the CRM of EMEA."""

    name = "crm_emea"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every row; a file that is no JSON is named at the end, the others count."""
        met: set[str] = set()
        for path, line, payload in walk(delivery.path, json_records, *PATTERNS):
            table = table_of(payload)
            native_id = str(payload.get(KEYS.get(table, "")) or "").strip()
            if table not in MAPPINGS or not native_id:
                yield _unreadable(table, payload, path.name, line)
            else:
                met.add(table)
                yield RawRecord(table, native_id, payload, path.name, line, self._changed(payload))
        for table in sorted(met):
            delivery.cover(table)

    def transform(self, record: RawRecord) -> Claims:
        """Map one row by its table."""
        now = {self.spec.renamed.get(name, name): one for name, one in record.payload.items()}
        known = replace(record, payload=now)
        return MAPPINGS[record.record_type](mapping.Row(known, self.reference, self.zone))

    def reference(self, kind: str, native_id: str) -> str:
        """The reference of what this CRM names, or of another system's thing by its id."""
        return across(self.name, kind, native_id)

    def _changed(self, payload: Mapping[str, Any]) -> str | None:
        """The moment of the change; one that cannot be read is refused by the mapping."""
        try:
            return iso(payload.get("modifiedon"), zone=self.zone)
        except RecordRejected:
            return None


def table_of(payload: Mapping[str, Any]) -> str:
    """The table of a row: what it says itself, else the one whose primary key it has."""
    said = str(payload.get(TYPE) or "").rpartition(".")[2]
    if said or ACTIVITY in payload:
        return said or str(payload[ACTIVITY])
    return next((table for table, key in KEYS.items() if key in payload), "")


def _unreadable(table: str, payload: Mapping[str, Any], file: str, line: int) -> Unreadable:
    """What is not known may hold anything: its field names are kept, its values are not."""
    why = f"the {table} has no {KEYS[table]}" if table in KEYS else f"no known table: {table!r}"
    return Unreadable(
        table or "unknown",
        "",
        f"fields: {', '.join(sorted(payload))}",
        why,
        f"send {TYPE} and the primary key, or map or ignore the table by name in loaders/crm_emea",
        file,
        line,
    )
