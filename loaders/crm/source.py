"""A CRM's export: one file or a folder of files, each told by its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.crm import by_id, by_name
from loaders.crm.headers import in_reading_order, kind_of, snake
from loaders.crm.values import CURRENCY_OPTION, read, record_id
from loaders.dates import iso
from loaders.files import csv_records, files_of
from loaders.identifiers import own
from loaders.money import currency
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, SourceSpec
from loaders.tables import Table

PRICED = ("opportunity", "named_opportunity")
OPEN_END = "9999-12-31"


class Crm(Source):
    """Accounts, opportunities, orders, offerings and sellers of one CRM."""

    name = "crm"

    def __init__(self, spec: SourceSpec) -> None:
        super().__init__(spec)
        self._products: set[str] = set()

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Yield every row; SourceError for a header that is not known or a file that is cut off.

        `--option currency=EUR` says the currency of amounts whose rows do not.
        """
        given = delivery.options.get("currency")
        code = currency(given, field="--option currency") if given else None
        files = files_of(delivery.path, "*.csv", "*.csv.gz")
        for path, kind in in_reading_order((path, kind_of(path)) for path in files):
            yield from self._rows(path, kind, code)
            if kind.record_type not in ("data_dictionary", "opportunity_history"):
                delivery.cover(kind.record_type)

    def transform(self, record: RawRecord) -> Claims:
        """Map one row by its kind."""
        mapping = by_id.MAPPINGS.get(record.record_type) or by_name.MAPPINGS[record.record_type]
        claims = mapping(read(record, self.reference))
        product = record.payload.get("product")
        by_name_only = record.record_type == "named_opportunity"
        if by_name_only and self._products and product not in self._products:
            claims.unknown.append(f"product (the list of products has no {product!r})")
        return claims

    def reference(self, kind: str, native_id: str) -> str:
        """The reference of what this CRM names."""
        return own(self.name, kind, native_id)

    def _rows(self, path: Path, kind: Table, code: str | None) -> Iterator[Extracted]:
        if kind.record_type == "data_dictionary":
            return
        for line, row in csv_records(path, needs=()):
            named = {snake(key): value for key, value in row.items()}
            if _is_left_out(kind, named):
                yield Ignored(kind.record_type, self.spec.ignores[kind.record_type])
                continue
            if kind.record_type == "named_product":
                self._products.add(named.get("product", ""))
            payload = {**row, CURRENCY_OPTION: code} if code and _priced(kind) else row
            native_id, changed = _native_id(kind, named, line), self._changed(named)
            yield RawRecord(kind.record_type, native_id, payload, path.name, line, changed)

    def _changed(self, named: Mapping[str, str]) -> str | None:
        """The moment of the change; one that cannot be read is refused by the mapping."""
        stamp = named.get("last_modified_date") or named.get("system_modstamp")
        try:
            return iso(stamp, zone=self.zone)
        except RecordRejected:
            return None


def _priced(kind: Table) -> bool:
    return kind.record_type in PRICED


def _is_left_out(kind: Table, named: dict[str, str]) -> bool:
    present = named.get("_fivetran_end", "").startswith(OPEN_END)
    return kind.record_type == "opportunity_history" or (
        kind.record_type == "account_history" and present
    )


def _native_id(kind: Table, named: dict[str, str], line: int) -> str:
    parts = [named.get(name, "").strip() for name in kind.id]
    if not all(parts):
        return f"line {line} without {' and '.join(kind.id)}"
    return "@".join([record_id(parts[0]), *parts[1:]])
