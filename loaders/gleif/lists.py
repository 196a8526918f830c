"""GLEIF's reference lists: legal forms (ELF, ISO 20275) and registration authorities (RA)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.files import csv_records
from loaders.source import RawRecord

ELF_CODE = "ELF Code"
RA_CODE = "Registration Authority Code"

_ELF_NAME = "Entity Legal Form name Local name"
_ELF_LATIN = "Entity Legal Form name Transliterated name (per ISO 01-140-10)"
_ELF_IGNORED = (
    "Country of formation",
    "Jurisdiction of formation",
    "Language",
    "Language Code (ISO 639-1)",
    "Date created YYYY-MM-DD (ISO 8601)",
    "Modification",
    "Modification date YYYY-MM-DD (ISO 8601)",
    "Reason",
)
_ELF_STATUS = {"ACTV": "ACTIVE", "INAC": "INACTIVE"}
_RA_IGNORED = ("Country", "Jurisdiction (country or region)", "Comments")


def records(path: Path, record_type: str) -> Iterator[RawRecord]:
    """One record a code: the list has a row for each language, or each country."""
    key = ELF_CODE if record_type == "elf_code" else RA_CODE
    rows: dict[str, list[dict[str, str]]] = {}
    lines: dict[str, int] = {}
    for line, row in csv_records(path, needs=(key,)):
        code = row.pop(key, "")
        rows.setdefault(code, []).append(row)
        lines.setdefault(code, line)
    for code, found in rows.items():
        yield RawRecord(record_type, code, {"code": code, "rows": found}, path.name, lines[code])


def legal_form(claims: Claims, record: RawRecord) -> Claims:
    """A legal form in all its languages."""
    rows, unknown = _rows(record, _ELF_IGNORED)
    code = str(Fields(record).need("code"))
    first, *others = [row.take(_ELF_NAME) for row in rows]
    latin = [row.take(_ELF_LATIN) for row in rows]
    country = [row.take("Country Code (ISO 3166-1)") for row in rows]
    division = [row.take("Country sub-division code (ISO 3166-2)") for row in rows]
    status = [row.take("ELF Status ACTV/INAC") for row in rows]
    short = [
        row.take(name)
        for row in rows
        for name in ("Abbreviations Local language", "Abbreviations transliterated")
    ]
    claims.node(
        "LegalForm",
        f"elf:{code}",
        code=code,
        name=first,
        other_names=_distinct([*others, *latin], first),
        abbreviations=_distinct(short, None),
        jurisdiction=division[0] or country[0],
        status=_ELF_STATUS.get(status[0] or ""),
    )
    return _report(claims, rows, unknown)


def registration_authority(claims: Claims, record: RawRecord) -> Claims:
    """A register or a supervisor, with the countries it registers for."""
    rows, unknown = _rows(record, _RA_IGNORED)
    code = str(Fields(record).need("code"))
    first = rows[0]
    names = [first.take(f"{language} name of Register") for language in ("International", "Local")]
    keepers = [
        first.take(f"{language} name of organisation responsible for the Register")
        for language in ("International", "Local")
    ]
    website = first.take("Website")
    countries = [row.take("Country Code") for row in rows]
    claims.node(
        "RegistrationAuthority",
        f"ra:{code}",
        code=code,
        name=names[0] or names[1] or keepers[0] or keepers[1],
        organisation=keepers[0] or keepers[1],
        jurisdictions=_distinct(countries, None),
        website=website,
    )
    for row in rows[1:]:
        row.ignore("Website", *_RA_NAMES)
    return _report(claims, rows, unknown)


_RA_NAMES = tuple(
    f"{language} name of {what}"
    for language in ("International", "Local")
    for what in ("Register", "organisation responsible for the Register")
)


def _rows(record: RawRecord, ignored: tuple[str, ...]) -> tuple[list[Fields], list[str]]:
    payload: dict[str, Any] = record.payload
    rows = [
        Fields(RawRecord(record.record_type, record.native_id, row, record.file, record.line))
        for row in payload["rows"]
    ]
    for row in rows:
        row.ignore(*ignored)
    return rows, [name for name in payload if name not in ("code", "rows")]


def _report(claims: Claims, rows: list[Fields], unknown: list[str]) -> Claims:
    for row in rows:
        unknown += row.report(Claims()).unknown
    claims.unknown = sorted(set(unknown))
    return claims


def _distinct(values: list[str | None], but: str | None) -> list[str] | None:
    found = [value for value in dict.fromkeys(values) if value and value != but]
    return found or None
