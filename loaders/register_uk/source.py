"""Reads the company data product and the PSC snapshot, and keeps natural persons out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from graph.facts.claims import Claims
from loaders.files import csv_records, files_of, json_records
from loaders.register_uk.company import company
from loaders.register_uk.psc import psc, psc_exemption, psc_statement
from loaders.source import Delivery, Extracted, Ignored, RawRecord, Source, Unreadable

PATTERNS = ("*.json", "*.json.gz", "*.ndjson", "*.jsonl", "*.csv", "*.zip", "*snapshot*.txt")
NEEDS = ("CompanyName", "CompanyNumber", "CompanyStatus", "IncorporationDate")
PSC_TYPES = ("psc", "psc_statement", "psc_exemption")

_KINDS = {
    "corporate-entity-person-with-significant-control": "psc",
    "corporate-entity-beneficial-owner": "psc",
    "legal-person-person-with-significant-control": "psc",
    "legal-person-beneficial-owner": "psc",
    "persons-with-significant-control-statement": "psc_statement",
    "exemptions": "psc_exemption",
    "totals#persons-of-significant-control-snapshot": "totals",
    "individual-person-with-significant-control": "individual",
    "individual-beneficial-owner": "individual",
    "super-secure-person-with-significant-control": "super_secure",
    "super-secure-beneficial-owner": "super_secure",
}
_MAPPINGS: dict[str, Callable[[RawRecord], Claims]] = {
    "company": company,
    "psc": psc,
    "psc_statement": psc_statement,
    "psc_exemption": psc_exemption,
}


class RegisterUk(Source):
    """Companies House: companies, and who controls them."""

    name = "register_uk"

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        """Every company and statement; a broken file is named at the end, the others count."""
        broken: list[SourceError] = []
        for path in files_of(delivery.path, *PATTERNS):
            try:
                for line, payload in _rows(path):
                    yield self._record(payload, path.name, line, delivery)
            except SourceError as error:
                broken.append(error)
        if broken:
            raise SourceError(
                "; ".join(f"{error.what} [{error.where}]" for error in broken),
                where=str(delivery.path),
                remedy=broken[0].remedy,
            )

    def transform(self, record: RawRecord) -> Claims:
        """Map one company or one statement of control."""
        return _MAPPINGS[record.record_type](record)

    def _record(
        self, payload: dict[str, Any], file: str, line: int, delivery: Delivery
    ) -> Extracted:
        if "CompanyNumber" in payload:
            delivery.cover("company")
            payload.pop("RegAddress.CareOf", None)  # as a rule a person's name
            return _named("company", payload["CompanyNumber"], payload, file, line)
        data = payload.get("data")
        kind = data.get("kind") if isinstance(data, dict) else None
        record_type = _KINDS.get(str(kind))
        if record_type is None or data is None:
            return _not_told_apart(kind, file, line)
        for covered in PSC_TYPES:
            delivery.cover(covered)
        if record_type in self.spec.ignores:
            return Ignored(record_type, self.spec.ignores[record_type])
        kept = {name: value for name, value in payload.items() if name != "ContentDate"}
        kept["data"] = _without_persons(data)
        links = data.get("links")
        # The register's own address of a statement stays as it is for ever.
        address = links.get("self") if isinstance(links, dict) else None
        return _named(record_type, address, kept, file, line)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    return csv_records(path, needs=NEEDS) if _is_csv(path) else json_records(path)


def _is_csv(path: Path) -> bool:
    return path.suffix == ".csv" or (path.suffix == ".zip" and "company" in path.name.casefold())


def _not_told_apart(kind: object, file: str, line: int) -> Unreadable:
    """What may be a natural person is not kept, only where it stands."""
    return Unreadable(
        "psc",
        "",
        "",
        f"kind {kind!r} is not known, and may be a natural person: nothing of it is kept",
        "name the kind in loaders/register_uk/source.py, then load again",
        file,
        line,
    )


def _named(
    record_type: str, native_id: object, payload: dict[str, Any], file: str, line: int
) -> RawRecord | Unreadable:
    if native_id and isinstance(native_id, str):
        return RawRecord(record_type, native_id, payload, file, line)
    named = "CompanyNumber" if record_type == "company" else "links.self"
    return Unreadable(
        record_type,
        "",
        f"fields: {', '.join(sorted(payload))}",
        f"the {record_type} has no {named}",
        "fetch the file again, or ask Companies House",
        file,
        line,
    )


def _without_persons(data: dict[str, Any]) -> dict[str, Any]:
    """What is said, without the places where filers write the names of persons."""
    kept = {name: value for name, value in data.items() if name != "linked_psc_name"}
    for name in ("address", "principal_office_address"):
        if isinstance(kept.get(name), dict):
            kept[name] = {part: text for part, text in kept[name].items() if part != "care_of"}
    return kept
