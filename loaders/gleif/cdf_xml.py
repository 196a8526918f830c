"""The golden copy as XML (LEI-CDF, RR-CDF, reporting exceptions), element by element.

Each record is flattened to the names of the CSV's columns, so the same record gives the same
payload in both formats. GLEIF's geocoding of addresses is left out by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from graph.errors import SourceError
from loaders.files import opened
from loaders.gleif.cdf_csv import raw
from loaders.gleif.moments import moment
from loaders.source import Delivery, RawRecord

RECORDS = {
    "lei_record": "LEIRecord",
    "relationship_record": "RelationshipRecord",
    "reporting_exception": "Exception",
}
HEADER = ("ContentDate", "FileContent", "RecordCount")

_RENAMED = {
    "Relationship.RelationshipPeriods": "Relationship",
    "Relationship.RelationshipPeriod": "Relationship.Period",
    "Relationship.RelationshipQualifiers": "Relationship",
    "Relationship.RelationshipQualifier": "Relationship.Qualifiers",
    "Relationship.RelationshipQuantifiers": "Relationship",
    "Relationship.RelationshipQuantifier": "Relationship.Qualifiers",
    "ExceptionCategory": "Exception.Category",
    "ExceptionReason": "Exception.Reason",
    "ExceptionReference": "Exception.Reference",
}
_LEAVES = {"StartDate": "startDate", "EndDate": "endDate", "PeriodType": "periodType"}
_REPEATED = frozenset(
    [
        "Entity.OtherEntityNames.OtherEntityName",
        "Entity.SuccessorEntity",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName",
        "Entity.LegalEntityEvents.LegalEntityEvent",
        "Entity.OtherAddresses.OtherAddress",
        "Entity.TransliteratedOtherAddresses.TransliteratedOtherAddress",
        "Registration.OtherValidationAuthorities.OtherValidationAuthority",
        "Relationship.Period",
        "Relationship.Qualifiers",
        "Exception.Reason",
        "Exception.Reference",
    ]
)
_LEFT_OUT = "Geocoding"


def records(path: Path, record_type: str, delivery: Delivery) -> Iterator[RawRecord]:
    """The records of a file in constant memory; the header's sayings go to the delivery."""
    wanted = RECORDS[record_type]
    with opened(path) as file:
        read = etree.iterparse(
            file,
            events=("end",),
            tag=[f"{{*}}{name}" for name in (wanted, *HEADER)],
            remove_blank_text=True,
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
        )
        try:
            for _, element in read:
                if etree.QName(element).localname != wanted:
                    _header(delivery, etree.QName(element).localname, element.text or "")
                    continue
                yield raw(record_type, flat(element), path.name, element.sourceline or 0)
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise SourceError(
                f"not whole XML: {error.msg}",
                where=f"{path}:{error.lineno or 0}",
                remedy="fetch the file again and load it again: what was read is skipped",
            ) from error


def _header(delivery: Delivery, name: str, text: str) -> None:
    if name == "ContentDate":
        delivery.watermark = max(delivery.watermark, moment(text) or "")
    elif name == "FileContent" and text:
        full = "FULL" in text
        delivery.full = full if delivery.full is None else delivery.full and full
    elif name == "RecordCount" and text.strip().isdigit():
        delivery.expect(int(text))


def _forget(element: Any) -> None:
    """Free a record that was read, and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def flat(element: Any) -> dict[str, str]:
    """A record's texts and attributes under the names of the CSV's columns."""
    found: dict[str, str] = {}
    _fill(element, "", found, {})
    return found


def _fill(element: Any, path: str, found: dict[str, str], counts: dict[str, int]) -> None:
    for child in element:
        name, repeated = _step(path, child.tag)
        if not name:
            continue
        if repeated:
            counts[name] = number = counts.get(name, 0) + 1
            name = f"{name}.{number}"
            if repeated == "AffectedFields":
                _affected(child, name, found)
                continue
        for attribute, value in child.items():
            found[f"{name}.{_attribute(attribute)}"] = value
        text = child.text
        if text and not text.isspace():
            found[name] = text.strip()
        elif len(child):
            _fill(child, name, found, counts)


def _affected(child: Any, name: str, found: dict[str, str]) -> None:
    found[f"{name}.AffectedField"] = (child.text or "").strip()
    for attribute, value in child.items():
        found[f"{name}.{_attribute(attribute)}"] = value


@lru_cache(maxsize=16_384)
def _step(path: str, tag: str) -> tuple[str, str]:
    """A child's name under its parent's, and whether it is numbered; no name: left out."""
    local = tag.rpartition("}")[2]
    if local == _LEFT_OUT:
        return "", ""
    if local == "AdditionalAddressLine":
        return f"{path}.{local}", local
    if local == "AffectedField":
        return path, "AffectedFields"
    if path.startswith("Relationship.Period."):
        local = _LEAVES.get(local, local)
    name = f"{path}.{local}" if path else local
    name = _RENAMED.get(name, name)
    return name, name if name in _REPEATED else ""


@lru_cache(maxsize=64)
def _attribute(name: str) -> str:
    local = name.rpartition("}")[2]
    return "xmllang" if local == "lang" else local
