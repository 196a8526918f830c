"""GraphQL over HTTP: which method, which media types, and which status tells what.

https://graphql.github.io/graphql-over-http/draft/. `application/graphql-response+json` tells by its
status: 400 no GraphQL, 422 not by the schema or over a limit, 294 answered in part. The legacy
`application/json` is answered 200 whenever the request was one.
"""

from __future__ import annotations

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.graphql.answer import Answer, Request
from api.http.accept import ranges
from api.http.body import read_body, read_json
from api.http.problem import Problem

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}


async def read_request(http: HttpRequest) -> Request:
    """The GraphQL request in an HTTP request; raises Problem when there is none in it."""
    if http.method != "POST":
        raise Problem(405, "METHOD", "GraphQL is asked by POST", headers={"Allow": "POST"})
    _require_json(http.headers.get("content-type", ""))
    body = read_json(await read_body(http))
    if not isinstance(body, dict):
        raise Problem(
            400, "NOT_A_REQUEST", "the body must be one JSON object: batches are not taken"
        )
    return _request(body)


def media_type(accept: str) -> str:
    """The media type to answer in; raises Problem when the client takes none of ours."""
    if not accept.strip():
        return LEGACY
    wanted_ranges = sorted(ranges(accept), key=lambda one: -one[1])
    for wanted, quality in wanted_ranges:
        if quality and wanted == MODERN:
            return MODERN
        if quality and wanted in (LEGACY, "application/*", "*/*"):
            return LEGACY
    raise Problem(406, "NOT_ACCEPTABLE", f"answers are {MODERN} or {LEGACY}")


def respond(answer: Answer, media: str) -> Response:
    """The HTTP response of an answer."""
    status = answer.status if media == MODERN else 200
    return Response(orjson.dumps(answer.body), status, HEADERS, f"{media}; charset=utf-8")


def refused(error: Problem, media: str) -> Response:
    """The response to what is no GraphQL request, as GraphQL clients read errors."""
    said = {"message": error.detail, "extensions": {"code": error.code, **error.said}}
    headers = HEADERS | error.headers
    body = orjson.dumps({"errors": [said]})
    return Response(body, error.status, headers, f"{media}; charset=utf-8")


def _request(body: dict[str, object]) -> Request:
    query, name = body.get("query"), body.get("operationName")
    variables, extensions = body.get("variables"), body.get("extensions")
    if not isinstance(query, str):
        raise Problem(400, "NO_QUERY", "the body needs `query`, a GraphQL document as text")
    if name is not None and not isinstance(name, str):
        raise Problem(400, "NOT_A_REQUEST", "`operationName` must be text")
    for key, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise Problem(400, "NOT_A_REQUEST", f"`{key}` must be an object")
    return Request(query, name, variables if isinstance(variables, dict) else {})


def _require_json(content_type: str) -> None:
    kind, _, rest = content_type.partition(";")
    charset = rest.replace(" ", "").lower()
    if kind.strip().lower() != LEGACY or charset not in ("", "charset=utf-8", 'charset="utf-8"'):
        raise Problem(415, "MEDIA_TYPE", "the body must be application/json in UTF-8")
