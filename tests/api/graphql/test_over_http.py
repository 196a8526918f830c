"""GraphQL over HTTP: methods, media types, statuses, bodies, and errors that show no inside."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.graphql import hierarchy as resolvers
from graph.errors import EngineUnavailable

MODERN = "application/graphql-response+json"
GOOD = {"query": "{ __typename }"}


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        (MODERN, MODERN),
        ("application/json", "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        (f"application/json;q=0.4, {MODERN};q=0.9", MODERN),
        (f"application/json, {MODERN};q=0.9", "application/json"),
        ("text/html, application/json;q=0.1", "application/json"),
    ],
)
async def test_the_answer_has_the_media_type_that_the_client_likes_best(
    client: httpx.AsyncClient, accept: str, told: str
) -> None:
    answer = await client.post("/graphql", json=GOOD, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{told}; charset=utf-8"
    assert answer.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("accept", "body", "status", "code"),
    [
        (MODERN, {"query": "{"}, 400, None),
        ("application/json", {"query": "{"}, 200, None),
        (MODERN, {"query": "{ nothing }"}, 422, "GRAPHQL_VALIDATION_FAILED"),
        ("application/json", {"query": "{ nothing }"}, 200, "GRAPHQL_VALIDATION_FAILED"),
        (MODERN, {"query": "query ($i: ID!) { legalEntity(id: $i) { id } }"}, 400,
         "BAD_USER_INPUT"),
        (MODERN, {"query": "query a { __typename } query b { __typename }"}, 422,
         "OPERATION_RESOLUTION_FAILURE"),
        (MODERN, {"query": "{ search(text: \"a\", first: 0) { id } }"}, 200, "BAD_USER_INPUT"),
    ],
)  # fmt: skip
async def test_a_status_tells_how_far_a_request_came(
    client: httpx.AsyncClient, accept: str, body: dict[str, Any], status: int, code: str | None
) -> None:
    answer = await client.post("/graphql", json=body, headers={"accept": accept})

    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error.get("extensions", {}).get("code", "GRAPHQL_PARSE_FAILED") == (
        code or "GRAPHQL_PARSE_FAILED"
    )


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"method": "GET", "params": {"query": "{ __typename }"}}, 405, "METHOD"),
        ({"content": b"{}", "headers": {"content-type": "text/plain"}}, 415, "MEDIA_TYPE"),
        ({"content": b"{}", "headers": {"content-type": "application/json; charset=latin1"}}, 415,
         "MEDIA_TYPE"),
        ({"content": b"{\"query\": ", "headers": {"content-type": "application/json"}}, 400,
         "NOT_JSON"),
        ({"json": [GOOD, GOOD]}, 400, "NOT_A_REQUEST"),
        ({"json": {}}, 400, "NO_QUERY"),
        ({"json": {"query": 1}}, 400, "NO_QUERY"),
        ({"json": GOOD | {"operationName": 1}}, 400, "NOT_A_REQUEST"),
        ({"json": GOOD | {"variables": [1]}}, 400, "NOT_A_REQUEST"),
        ({"json": GOOD | {"extensions": "a"}}, 400, "NOT_A_REQUEST"),
        ({"json": {"query": "#" * 70_000}}, 413, "BODY_LIMIT"),
        ({"content": b"[" * 60_000, "headers": {"content-type": "application/json"}}, 400,
         "NOT_JSON"),
    ],
)  # fmt: skip
async def test_what_is_no_request_is_refused_with_its_reason(
    client: httpx.AsyncClient, request_: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.request(**{"method": "POST", "url": "/graphql", **request_})

    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert answer.headers.get("allow") == ("POST" if status == 405 else None)


async def test_a_body_that_announces_no_length_is_counted_as_it_comes(
    client: httpx.AsyncClient,
) -> None:
    async def parts() -> Any:
        for _ in range(100):
            yield b" " * 1_000

    headers = {"content-type": "application/json"}
    answer = await client.post("/graphql", content=parts(), headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
        413,
        "the body has more than 65,536 bytes, at most 65,536",
    )


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:8420", 200), ("127.0.0.1", 200), ("evil.example", 400)]
)
async def test_a_page_of_somebody_else_is_not_answered(
    client: httpx.AsyncClient, host: str, status: int
) -> None:
    answer = await client.post("/graphql", json=GOOD, headers={"host": host})
    crossed = await client.options("/graphql", headers={"origin": "http://evil.example"})

    assert answer.status_code == status
    assert "access-control-allow-origin" not in crossed.headers


async def test_no_media_type_of_ours_is_not_acceptable(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json=GOOD, headers={"accept": "text/html"})

    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "NOT_ACCEPTABLE"


async def test_a_fault_of_ours_shows_nothing_of_its_inside(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise ValueError("secret table")

    monkeypatch.setattr(resolvers, "family", broken)
    body = {"query": '{ hierarchy(id: "a") { rootId } sources { id } }'}
    headers = {"accept": MODERN, "x-request-id": "asked-by-a-test"}
    answer = await client.post("/graphql", json=body, headers=headers)

    assert answer.status_code == 294
    assert "secret" not in answer.text
    assert answer.json()["data"] == {"hierarchy": None, "sources": []}
    assert answer.json()["errors"][0]["extensions"] == {
        "code": "INTERNAL_SERVER_ERROR",
        "request_id": "asked-by-a-test",
    }
    assert answer.headers["x-request-id"] == "asked-by-a-test"


async def test_a_database_that_is_away_is_said_and_the_process_is_not_ready(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise EngineUnavailable("the server went away", remedy="start it")

    ready = await client.get("/health/ready")
    monkeypatch.setattr("graph.connection.ReadSession.rows", away)
    answer = await client.post("/graphql", json={"query": "{ sources { id } }"})
    unready = await client.get("/health/ready")

    assert answer.json()["errors"][0]["extensions"] == {
        "code": "DATABASE_UNAVAILABLE",
        "remedy": "start it",
    }
    assert (ready.status_code, unready.status_code) == (200, 503)
    assert unready.json() == {"status": "not ready", "reason": "the server went away"}
    assert (await client.get("/health/live")).json() == {"status": "live"}
    assert (await client.get("/health/started")).json() == {"status": "started"}
