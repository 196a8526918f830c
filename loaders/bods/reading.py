"""A statement opened: its status and day, and the details of its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.audit import Fields
from loaders.dates import day
from loaders.source import RawRecord

STATUSES = ("new", "updated", "closed")
_NO_HOME = ("statementId", "recordId", "recordType", "declaration", "declarationSubject")


@dataclass(slots=True)
class Statement:
    """What was said of a record on one day."""

    details: Fields
    said_on: date
    closed: bool
    source_types: frozenset[str]


def opened(record: RawRecord, claims: Claims) -> list[Statement]:
    """The record's statements, oldest first."""
    return [_opened(record, raw, claims) for raw in record.payload["statements"]]


def _opened(record: RawRecord, raw: dict[str, Any], claims: Claims) -> Statement:
    fields = nested(record, raw)
    status = fields.need("recordStatus")
    if status not in STATUSES:
        raise RecordRejected(
            f"{status!r} is no recordStatus", where="recordStatus", remedy="ask the publisher"
        )
    said_on = day(fields.need("statementDate"), field="statementDate")
    assert said_on
    origin = nested(record, fields.take("source", {}))
    types = origin.take("type", [])
    # When it was published and fetched is neither when it was said nor when it is true.
    origin.ignore("url", "retrievedAt")
    published = nested(record, fields.take("publicationDetails", {}))
    published.ignore("publicationDate", "bodsVersion", "license")
    fields.ignore(*_NO_HOME)
    closed = status == "closed"
    details = nested(
        record, fields.take("recordDetails", {}) if closed else fields.need("recordDetails")
    )
    details.ignore("isComponent", "componentRecords")
    for read in (fields, origin, published):
        read.report(claims)
    return Statement(details, said_on, closed, frozenset(types))


def nested(record: RawRecord, payload: dict[str, Any]) -> Fields:
    """The fields of an object within the record."""
    return Fields(replace(record, payload=payload))
