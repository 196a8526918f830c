"""Trusted documents: current, valid, asked for by their id, and by GET with an ETag."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.graphql.document import AD_HOC, Limits, Reading
from api.graphql.refusal import OverLimit
from api.graphql.schema import build_schema
from api.graphql.trusted import PAGE, document_id, read_trusted
from api.graphql.trusted_page import stale
from graph.connection import BatchSession
from graph.errors import UsageError

MODERN = "application/graphql-response+json"
LISTED = json.loads(PAGE.read_text(encoding="utf-8"))
SEARCH = LISTED["Search"]["documentId"]
READING = Reading(build_schema(), Limits())


def test_the_page_is_what_the_files_say() -> None:
    assert not stale()


def test_the_id_is_that_of_the_specification() -> None:
    text = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}"
    assert document_id(text) == (
        "sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"
    )


def test_every_document_is_valid_and_says_what_it_is_for() -> None:
    assert len(read_trusted(READING)) == len(LISTED)
    assert [name for name, one in LISTED.items() if not one["text"].startswith("# ")] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("query A { nothing }", "the document A: Cannot query field 'nothing'"),
        ("query A { ", "the document A: Syntax Error"),
        ("query B { __typename }", "the document A must hold one operation, A"),
        ("query A { __typename } query B { __typename }", "must hold one operation, A"),
    ],
)
def test_a_document_that_could_not_be_answered_is_refused_at_the_start(
    tmp_path: Path, text: str, said: str
) -> None:
    page = tmp_path / "documents.json"
    page.write_text(json.dumps({"A": {"documentId": document_id(text), "text": text}}))
    with pytest.raises(UsageError, match=said):
        read_trusted(READING, page)


def test_a_text_of_somebody_has_less_than_a_trusted_one() -> None:
    text = f'{{ legalEntity(id: "a") {{ {"id " * 700} }} }}'

    assert READING.read(text).invalid == []
    with pytest.raises(OverLimit, match="more than 600 tokens"):
        Reading(READING.schema, AD_HOC).read(text)
    assert (AD_HOC.cost * 2, AD_HOC.nodes * 2) == (Limits().cost, Limits().nodes)


@pytest.mark.usefixtures("batches")
async def test_a_document_is_asked_for_by_its_id(client: httpx.AsyncClient) -> None:
    body = {"documentId": SEARCH, "variables": {"text": "acme"}}
    answer = await client.post("/graphql", json=body, headers={"accept": MODERN})

    assert (answer.status_code, answer.json()["data"]) == (200, {"search": []})
    assert "etag" not in answer.headers


async def test_an_unknown_id_is_told_as_such(client: httpx.AsyncClient) -> None:
    body = {"documentId": "sha256:00"}
    answer = await client.post("/graphql", json=body, headers={"accept": MODERN})

    assert answer.status_code == 404
    assert answer.json()["errors"] == [
        {
            "message": "there is no trusted document 'sha256:00' -> web/documents.json lists them; "
            "another text is sent as `query`",
            "extensions": {"code": "DOCUMENT_NOT_FOUND"},
        }
    ]


async def test_what_has_not_changed_is_not_sent_again(
    client: httpx.AsyncClient, batches: BatchSession
) -> None:
    given = {"documentId": SEARCH, "variables": '{"text":"x:acme"}'}
    first = await client.get("/graphql", params=given)
    tag = first.headers["etag"]
    again = await client.get("/graphql", params=given, headers={"if-none-match": tag})
    batches.run("CREATE (:LegalEntity {id: 'acme', name: 'Acme', reference: 'x:acme'})")
    changed = await client.get("/graphql", params=given, headers={"if-none-match": tag})

    assert (first.status_code, first.json()["data"]) == (200, {"search": []})
    assert first.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert [one["name"] for one in changed.json()["data"]["search"]] == ["Acme"]
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"documentId": SEARCH, "query": "{ __typename }"}, 400, "NOT_A_REQUEST"),
        ({"documentId": SEARCH, "variables": "{"}, 400, "NOT_JSON"),
        ({"documentId": SEARCH, "variables": "[]"}, 400, "NOT_A_REQUEST"),
        ({"documentId": SEARCH}, 400, "BAD_USER_INPUT"),
        ({"documentId": "sha256:00"}, 404, "DOCUMENT_NOT_FOUND"),
        ({"documentId": ""}, 404, "DOCUMENT_NOT_FOUND"),
    ],
)
async def test_what_is_no_request_by_get_is_refused_and_has_no_tag(
    client: httpx.AsyncClient, given: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.get("/graphql", params=given, headers={"accept": MODERN})

    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert "etag" not in answer.headers
