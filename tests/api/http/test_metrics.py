"""Figures at /metrics say what was asked, refused and answered, with labels of few values."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.graphql.trusted import PAGE

SEARCH = json.loads(PAGE.read_text(encoding="utf-8"))["Search"]["documentId"]
Figures = dict[str, float]


async def figures(client: httpx.AsyncClient) -> Figures:
    """Figure by name and labels, but those of durations."""
    told = await client.get("/metrics")
    assert told.status_code == 200
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        f"{one.name}{list(one.labels.values()) or ''}": one.value
        for family in text_string_to_metric_families(told.text)
        for one in family.samples
        if "le" not in one.labels and not one.name.endswith(("_created", "_sum"))
    }


@pytest.mark.usefixtures("batches")
async def test_requests_refusals_documents_and_statements_are_counted(
    client: httpx.AsyncClient, ask: Callable[..., Any], statements: list[str]
) -> None:
    for _ in range(2):
        await ask("{ sources { id } }")
    await client.post("/graphql", json={"documentId": SEARCH, "variables": {"text": "acme"}})
    await ask("{ sources { id } } #" + "{ a " * 700)
    await ask("{ " + "a " * 700 + "}")
    await ask("{ nothing }")
    await client.post("/graphql", json={"query": "#" * 70_000})
    told = await figures(client)

    assert told == {
        "footprint_graphql_documents_total['yes']": 1,
        "footprint_graphql_documents_total['no']": 4,
        "footprint_statement_rows_total": 1,  # the search, which is one row of lists
        "footprint_statements_total": len(statements),
        "footprint_distinct_statements": len(set(statements)),
        "footprint_graphql_requests_total['ad hoc', '200']": 3,
        "footprint_graphql_requests_total['ad hoc', '422']": 2,
        "footprint_graphql_requests_total['ad hoc', '413']": 1,
        "footprint_graphql_requests_total['Search', '200']": 1,
        "footprint_graphql_request_seconds_count['ad hoc']": 6,
        "footprint_graphql_request_seconds_count['Search']": 1,
        "footprint_graphql_refusals_total['TOKENS_LIMIT']": 1,
        "footprint_graphql_refusals_total['GRAPHQL_VALIDATION_FAILED']": 1,
        "footprint_graphql_refusals_total['BODY_LIMIT']": 1,
    }
    assert len(statements) > len(set(statements)) > 1
