"""Rows of a CRM, mapped."""

from __future__ import annotations

from typing import Any

from graph.facts.claims import Claims
from loaders.source import RawRecord, find_source

ACME, ACME_UK, LOST = "0015500000Xyy06AAB", "0015500000Ygpq1AAB", "001q000000wW9BeAAK"


def mapped(record_type: str, **payload: str) -> Claims:
    return find_source("crm").transform(RawRecord(record_type, "1", payload, "f.csv", 2))


def said(claims: Claims) -> set[tuple[Any, ...]]:
    facts = {
        (one.start.reference, one.type, one.end.reference, one.valid_from, one.valid_to)
        for one in claims.facts
    }
    return facts | {(one.start.reference, one.type, one.end.reference) for one in claims.links}
