"""BODS 0.4 statements in short, and what they say as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.facts.claims import Claims
from loaders.source import Delivery, Extracted, RawRecord, Source, find_source

Statement = dict[str, Any]


class Words:
    """Builders of statements; what is given replaces what stands here."""

    def _statement(
        self, kind: str, record: str, said: str, status: str, **details: Any
    ) -> Statement:
        return {
            "statementId": f"{record}-{said}-{status}",
            "statementDate": said,
            "recordId": record,
            "recordType": kind,
            "recordStatus": status,
            "publicationDetails": {"publicationDate": "2024-01-01", "publisher": {"name": "J Doe"}},
            "source": {"type": ["selfDeclaration"], "assertedBy": [{"name": "Jane Doe"}]},
            "recordDetails": {name: value for name, value in details.items() if value is not None},
        }

    def entity(
        self, record: str, said: str = "2020-01-01", status: str = "new", **details: Any
    ) -> Statement:
        details = {"entityType": {"type": "registeredEntity"}, "name": f"{record} Ltd", **details}
        return self._statement("entity", record, said, status, **details)

    def person(self, record: str, said: str = "2020-01-01", status: str = "new") -> Statement:
        names = [{"type": "legal", "fullName": "Jane Doe"}]
        return self._statement("person", record, said, status, names=names)

    def owns(
        self,
        *interests: dict[str, Any],
        party: Any = "owner",
        said: str = "2020-01-01",
        status: str = "new",
        record: str = "link",
        **details: Any,
    ) -> Statement:
        details = {
            "subject": "owned",
            "interestedParty": party,
            "interests": list(interests) or [self.interest()],
            **details,
        }
        return self._statement("relationship", record, said, status, **details)

    def interest(
        self,
        exact: float | None = 100,
        type: str | None = "shareholding",
        start: str | None = "2019-01-01",
        end: str | None = None,
        how: str = "direct",
        **fields: Any,
    ) -> dict[str, Any]:
        given = {
            "type": type,
            "directOrIndirect": how,
            "startDate": start,
            "endDate": end,
            "share": {"exact": exact} if exact is not None else None,
            **fields,
        }
        return {name: value for name, value in given.items() if value is not None}


@pytest.fixture
def words() -> Words:
    """Builders of statements."""
    return Words()


@pytest.fixture
def source() -> Source:
    """The source under test."""
    return find_source("bods")


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[..., Path]:
    """A file with these statements."""

    def deliver(*statements: Statement, name: str = "bods.json") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(list(statements)))
        return path

    return deliver


@pytest.fixture
def extracted(source: Source, deliver: Callable[..., Path]) -> Callable[..., list[Extracted]]:
    """What extract makes of these statements in one file."""

    def extracted(*statements: Statement) -> list[Extracted]:
        return list(source.extract(Delivery(deliver(*statements))))

    return extracted


@pytest.fixture
def said(
    source: Source, extracted: Callable[..., list[Extracted]], words: Words
) -> Callable[..., Claims]:
    """What the statements about one record claim, whose owner and owned are described beside."""

    def said(*statements: Statement) -> Claims:
        beside = [words.entity("owner"), words.entity("owned")]
        record_id = statements[0]["recordId"]
        (record,) = (
            item
            for item in extracted(*beside, *statements)
            if isinstance(item, RawRecord) and item.native_id == record_id
        )
        return source.transform(record)

    return said
