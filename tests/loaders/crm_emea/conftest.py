"""Rows of Dataverse, written by a test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.facts.claims import Claims
from loaders.source import RawRecord, find_source

SHOWN = "@OData.Community.Display.V1.FormattedValue"
ACCOUNT = {"accountid": "acc-18", "name": "Nordholm AG", "statecode": 0}
SELLING = {"opportunityid": "opp-1", "statecode": 0, "stepname": "Proposal"}
USER = {"systemuserid": "use-7", "fullname": "Anne Fictive"}


def mapped(table: str, native_id: str, **payload: Any) -> Claims:
    return find_source("crm_emea").transform(RawRecord(table, native_id, payload, "f.jsonl", 1))


def account(**payload: Any) -> Claims:
    return mapped("account", "acc-18", **ACCOUNT, **payload)


def said(claims: Claims) -> set[tuple[Any, ...]]:
    facts = {
        (one.start.reference, one.type, one.end.reference, one.valid_from, one.valid_to)
        for one in claims.facts
    }
    return facts | {(one.start.reference, one.type, one.end.reference) for one in claims.links}


def shown(claims: Claims, label: str) -> dict[str, Any]:
    (found,) = [node for node in claims.nodes if node.ref.label == label]
    return {name: value for name, value in found.properties.items() if value is not None}


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    def lines(*rows: dict[str, Any] | str) -> Path:
        path = tmp_path / "rows.jsonl"
        texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return lines
