"""The golden copy as CSV: one record a row, under the names that all formats are read under."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.files import csv_records
from loaders.gleif.moments import moment
from loaders.source import RawRecord

NEEDS = {
    "lei_record": (
        "LEI",
        "Entity.LegalName",
        "Entity.EntityStatus",
        "Registration.RegistrationStatus",
    ),
    "relationship_record": (
        "Relationship.StartNode.NodeID",
        "Relationship.EndNode.NodeID",
        "Relationship.RelationshipType",
        "Relationship.RelationshipStatus",
    ),
    "reporting_exception": ("LEI", "Exception.Category", "Exception.Reason.1"),
}
"""Columns without which a file says nothing; others may be missing from a cut."""


def records(path: Path, record_type: str) -> Iterator[RawRecord]:
    """The rows of a file, blank fields left out."""
    for line, row in csv_records(path, needs=NEEDS[record_type]):
        yield raw(record_type, row, path.name, line)


def raw(record_type: str, fields: dict[str, Any], file: str, line: int) -> RawRecord:
    """A record with the id that GLEIF knows it by, whatever format it came in."""
    get = fields.get
    if record_type == "lei_record":
        native_id = get("LEI", "")
    elif record_type == "relationship_record":
        native_id = "|".join(
            (
                get("Relationship.StartNode.NodeID", ""),
                get("Relationship.RelationshipType", ""),
                get("Relationship.EndNode.NodeID", ""),
            )
        )
    else:
        native_id = f"{get('LEI', '')}|{get('Exception.Category', '')}"
    updated = moment(get("Registration.LastUpdateDate"))
    return RawRecord(record_type, native_id, fields, file, line, updated)
