"""Small GLEIF files in the field's words: companies, parents, exceptions."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.facts.claims import Claims
from loaders.source import RawRecord, Source, find_source

Row = dict[str, str]


class Words:
    """Builders of rows, named as GLEIF names their columns."""

    def lei(self, number: int) -> str:
        """A valid LEI."""
        stem = f"5299{number:014d}"
        return f"{stem}{98 - int(stem + '00') % 97:02d}"

    def company(self, number: int, name: str = "Alpha AG", **fields: str) -> Row:
        return {
            "LEI": self.lei(number),
            "Entity.LegalName": name,
            "Entity.EntityStatus": "ACTIVE",
            "Registration.RegistrationStatus": "ISSUED",
            "Registration.LastUpdateDate": "2025-06-01T00:00:00Z",
            **{_column(field): value for field, value in fields.items()},
        }

    def parent(self, child: int, parent: int, kind: str = "DIRECTLY", **fields: str) -> Row:
        relationship = {
            "DIRECTLY": "IS_DIRECTLY_CONSOLIDATED_BY",
            "ULTIMATELY": "IS_ULTIMATELY_CONSOLIDATED_BY",
            "BRANCH": "IS_INTERNATIONAL_BRANCH_OF",
        }.get(kind, kind)
        return {
            "Relationship.StartNode.NodeID": self.lei(child),
            "Relationship.StartNode.NodeIDType": "LEI",
            "Relationship.EndNode.NodeID": self.lei(parent),
            "Relationship.EndNode.NodeIDType": "LEI",
            "Relationship.RelationshipType": relationship,
            "Relationship.RelationshipStatus": "ACTIVE",
            "Registration.RegistrationStatus": "PUBLISHED",
            "Registration.LastUpdateDate": "2025-06-01T00:00:00Z",
            **{_column(field): value for field, value in fields.items()},
        }

    def period(self, start: str = "", end: str = "", kind: str = "RELATIONSHIP", n: int = 1) -> Row:
        """A period; pass it on with `**`."""
        return {
            f"Relationship.Period.{n}.startDate": start,
            f"Relationship.Period.{n}.endDate": end,
            f"Relationship.Period.{n}.periodType": f"{kind}_PERIOD",
        }

    def event(self, kind: str, effective: str, status: str = "COMPLETED", n: int = 1) -> Row:
        """A legal entity event; pass it on with `**`."""
        prefix = f"Entity.LegalEntityEvents.LegalEntityEvent.{n}"
        return {
            f"{prefix}.LegalEntityEventType": kind,
            f"{prefix}.event_status": status,
            f"{prefix}.LegalEntityEventEffectiveDate": effective,
            f"{prefix}.LegalEntityEventRecordedDate": effective,
            f"{prefix}.group_type": "STANDALONE",
        }

    def write(self, path: Path, rows: list[Row], encoding: str = "utf-8", end: str = "\n") -> Path:
        """The rows as a CSV file."""
        header = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator=end)
            writer.writeheader()
            writer.writerows(rows)
        return path


def _column(field: str) -> str:
    """A keyword as a column: names with a dot stand as they are, others are short for one."""
    return {
        "status": "Entity.EntityStatus",
        "registration": "Registration.RegistrationStatus",
        "updated": "Registration.LastUpdateDate",
        "successor": "Entity.SuccessorEntity.1.SuccessorLEI",
        "expired": "Entity.EntityExpirationDate",
        "created": "Entity.EntityCreationDate",
        "holds": "Relationship.RelationshipStatus",
        "register": "Entity.RegistrationAuthority.RegistrationAuthorityID",
        "registered_as": "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    }.get(field, field)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture(scope="session")
def gleif() -> Source:
    return find_source("gleif")


@pytest.fixture(scope="session")
def said(gleif: Source) -> Callable[[str, dict[str, Any]], Claims]:
    """What a record says: `said("lei_record", row)`."""

    def said(record_type: str, payload: dict[str, Any]) -> Claims:
        return gleif.transform(RawRecord(record_type, "id", payload, "file.csv", 2))

    return said
