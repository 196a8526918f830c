"""Records of Companies House in its own words, and what they say as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.facts.claims import Claims
from loaders.source import Delivery, Extracted, RawRecord, Source, find_source

Row = dict[str, Any]


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("register_uk")


@pytest.fixture
def extracted(source: Source, tmp_path: Path) -> Callable[..., list[Extracted]]:
    """What extract makes of these records in one file."""

    def extracted(*rows: Row) -> list[Extracted]:
        path = tmp_path / "psc-snapshot.json"
        path.write_text(json.dumps(list(rows)))
        return list(source.extract(Delivery(path)))

    return extracted


@pytest.fixture
def said(source: Source, extracted: Callable[..., list[Extracted]]) -> Callable[[Row], Claims]:
    """What one record claims."""

    def said(row: Row) -> Claims:
        (record,) = extracted(row)
        assert isinstance(record, RawRecord)
        return source.transform(record)

    return said


@pytest.fixture
def control() -> Callable[..., Row]:
    """A statement that company 01111111 is controlled by Alpha Ltd, with what differs."""

    def control(*natures: str, number: str = "01111111", **data: Any) -> Row:
        identification = {
            "country_registered": "England",
            "legal_form": "Private Limited Company",
            "registration_number": "02222222",
            **data.pop("identification", {}),
        }
        said = {
            "kind": "corporate-entity-person-with-significant-control",
            "links": {"self": f"/company/{number}/corporate-entity/a"},
            "etag": "1",
            "name": "Alpha Ltd",
            "notified_on": "2016-04-06",
            "natures_of_control": list(natures) or ["ownership-of-shares-75-to-100-percent"],
            "identification": identification,
            **data,
        }
        kept = {name: value for name, value in said.items() if value is not None}
        return {"company_number": number, "data": kept, "ContentDate": "2024-12-19"}

    return control


@pytest.fixture
def company() -> Callable[..., Row]:
    """A row of the company data product, with what differs."""

    def company(number: str = "01111111", **fields: str) -> Row:
        return {
            "CompanyName": "BETA LTD",
            "CompanyNumber": number,
            "RegAddress.CareOf": "Jane Doe",
            "RegAddress.AddressLine1": "1 High Street",
            "RegAddress.PostTown": "Leeds",
            "CompanyCategory": "Private Limited Company",
            "CompanyStatus": "Active",
            "CountryOfOrigin": "United Kingdom",
            "IncorporationDate": "11/09/2012",
            **{name.replace("__", "."): value for name, value in fields.items()},
        }

    return company
