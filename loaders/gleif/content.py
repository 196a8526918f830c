"""What a file is, by its content: GLEIF's names of files change, its columns and roots do not."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

from graph.errors import SourceError
from loaders.files import opened

HEAD = 65_536
PATTERNS = tuple(f"*.{kind}{packed}" for kind in ("csv", "xml", "json") for packed in ("", ".gz"))
PATTERNS += ("*.zip",)


class Content(NamedTuple):
    """What a file holds, and in which form; `order` is when it is best read."""

    order: int
    record_type: str
    """Empty for the API's answers, which say it themselves, and for what cannot be read."""
    form: str
    """csv, xml, api, elf, ra, or refused"""
    refused: str = ""
    """What the file is instead, when GLEIF publishes nothing of the kind."""


RANKS = {
    "registration_authority": 1,
    "elf_code": 2,
    "lei_record": 3,
    "relationship_record": 4,
    "reporting_exception": 5,
}
_COLUMNS = {
    frozenset({"Relationship.StartNode.NodeID", "Relationship.RelationshipType"}): (
        "relationship_record"
    ),
    frozenset({"Exception.Category", "Exception.Reason.1"}): "reporting_exception",
    frozenset({"LEI", "Entity.LegalName"}): "lei_record",
}
"""Columns of which one tells what the file is, looked for in this order."""

_ROOTS = {
    "LEIData": "lei_record",
    "RelationshipData": "relationship_record",
    "ReportingExceptionData": "reporting_exception",
}
_DERIVED = {
    "direct_children": "a tree that somebody made from the API's answers",
    "ownership_chain": "a chain that somebody made from the API's answers",
    "entities_discovered": "statistics of a crawl",
    "managed_funds": "a list that somebody made from the API's answers",
    "statementID": "BODS statements",
    "statementId": "BODS statements",
    "parent_exception": "a summary that somebody made from the API's answers",
    "registered_as": "companies that somebody crawled from the API",
    "ExceptionReason": "records that somebody turned from XML into JSON",
    "RelationshipType": "records that somebody turned from XML into JSON",
    "LegalName": "records that somebody turned from XML into JSON",
    '"OWNS"': "edges that somebody made from the API's answers",
}


def content_of(path: Path) -> Content:
    """What a file holds; SourceError when it is empty or of no known kind."""
    with opened(path) as file:
        head = file.read(HEAD)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise SourceError("the file is empty", where=str(path), remedy="fetch it again")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<\x00" not in head[:6]:
        raise SourceError(
            "the file is UTF-16, and GLEIF's are UTF-8",
            where=f"{path}:1",
            remedy="convert it to UTF-8, or fetch it again",
        )
    if text.startswith(b"<") or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _xml(path, head)
    if text.startswith((b"{", b"[")):
        return _json(text)
    return _csv(path, text)


def _xml(path: Path, head: bytes) -> Content:
    root = re.search(r"<(?:[\w.-]+:)?([A-Za-z]\w*)", head.replace(b"\x00", b"").decode("latin-1"))
    record_type = _ROOTS.get(root[1] if root else "")
    if not record_type:
        raise SourceError(
            f"the root element is {root[1] if root else 'missing'}, not {', '.join(_ROOTS)}",
            where=f"{path}:1",
            remedy="give a file of LEI-CDF, RR-CDF or reporting exceptions",
        )
    return Content(RANKS[record_type], record_type, "xml")


def _json(text: bytes) -> Content:
    start = text[:4_096].decode("utf-8", "replace")
    if re.match(r'\{\s*"(data|errors|links|meta|jsonapi|included)"\s*:', start):
        return Content(6, "", "api")
    whole = text.decode("utf-8", "replace")
    known = [what for word, what in _DERIVED.items() if f'"{word.strip(chr(34))}"' in whole]
    return Content(9, "", "refused", known[0] if known else "JSON of no shape that GLEIF publishes")


def _csv(path: Path, text: bytes) -> Content:
    line = re.split(rb"[\r\n]", text, maxsplit=1)[0].decode("utf-8", "replace")
    columns = {name.strip() for name in next(csv.reader([line]), [])}
    if "ELF Code" in columns:
        return Content(RANKS["elf_code"], "elf_code", "elf")
    if "Registration Authority Code" in columns:
        return Content(RANKS["registration_authority"], "registration_authority", "ra")
    for telling, record_type in _COLUMNS.items():
        if columns & telling:
            return Content(RANKS[record_type], record_type, "csv")
    raise SourceError(
        f"the header is of no list that GLEIF publishes: {line[:120]}",
        where=f"{path}:1",
        remedy="give the golden copy, the ELF list or the RA list; "
        "if GLEIF changed its columns, mend loaders/gleif/content.py",
    )
