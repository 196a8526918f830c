"""GraphQL over HTTP: which method, which media types, and which status tells what.

https://graphql.github.io/graphql-over-http/draft/. `application/graphql-response+json` tells by its
status: 400 no GraphQL, 422 not by the schema or over a limit, 294 answered in part. The legacy
`application/json` is answered 200 whenever the request was one, but for 405 and 429.
A trusted document (its appendix on persisted documents) may also be asked by GET; its answer has an
ETag of its data, so what has not changed is not sent again.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.graphql.answer import Answer, Request
from api.http.accept import ranges
from api.http.body import read_body, read_json
from api.http.problem import Problem

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
ALWAYS = (405, 429)
"""Statuses that the legacy media type is told too: not this method, not so soon."""
MOST_OF_A_PURPOSE = 200
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}


async def read_request(http: HttpRequest) -> Request:
    """The GraphQL request in an HTTP request; raises Problem when there is none in it."""
    if http.method in ("GET", "HEAD") and "documentId" in http.query_params:
        return replace(_request(_in_address(http)), only_reads=True)
    if http.method != "POST":
        raise Problem(
            405,
            "METHOD",
            "GraphQL is asked by POST, and by GET with the `documentId` of a trusted document",
            headers={"Allow": "POST"},
        )
    _require_json(http.headers.get("content-type", ""))
    if http.headers.get("content-encoding", "identity") != "identity":
        raise Problem(415, "MEDIA_TYPE", "the body must not be compressed")
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


def purpose_of(http: HttpRequest) -> str | None:
    """What a request is for, in the words of who asks; raises Problem when they are too many."""
    purpose = http.headers.get("x-purpose", "").strip()
    if len(purpose) > MOST_OF_A_PURPOSE:
        raise Problem(
            400,
            "PURPOSE",
            f"X-Purpose has {len(purpose):,} letters, at most {MOST_OF_A_PURPOSE}",
        )
    return purpose or None


def respond(answer: Answer, media: str, http: HttpRequest) -> Response:
    """The HTTP response of an answer."""
    status = answer.status if media == MODERN or answer.status in ALWAYS else 200
    headers, body = HEADERS | answer.headers, answer.body
    if http.method != "POST" and "errors" not in body:
        data = orjson.dumps(body["data"])
        body = body | {"data": orjson.Fragment(data)}
        headers |= {"ETag": _etag(data, media), "Cache-Control": "private, no-cache"}
        if headers["ETag"] in http.headers.get("if-none-match", ""):
            return Response(None, 304, headers)
    return Response(orjson.dumps(body), status, headers, f"{media}; charset=utf-8")


def _etag(data: bytes, media: str) -> str:
    """Of the data alone: what it cost differs each time."""
    return f'W/"{sha256(media.encode() + data).hexdigest()[:32]}"'


def _in_address(http: HttpRequest) -> dict[str, object]:
    """What a GET asks: the same names as in a body, variables and extensions as JSON."""
    found: dict[str, object] = dict(http.query_params)
    for key in ("variables", "extensions"):
        if key in found:
            found[key] = read_json(str(found[key]).encode())
    if "query" in found:
        raise Problem(400, "NOT_A_REQUEST", "by GET only the `documentId` is sent, and no `query`")
    return found


def refused(error: Problem, media: str) -> Response:
    """The response to what is no GraphQL request, as GraphQL clients read errors."""
    said = {"message": error.detail, "extensions": {"code": error.code, **error.said}}
    headers = HEADERS | error.headers
    body = orjson.dumps({"errors": [said]})
    return Response(body, error.status, headers, f"{media}; charset=utf-8")


def _request(body: dict[str, object]) -> Request:
    query, document_id = body.get("query"), body.get("documentId")
    name = body.get("operationName")
    variables, extensions = body.get("variables"), body.get("extensions")
    if (query is None) == (document_id is None):
        raise Problem(
            400, "NO_QUERY", "a request needs `query`, a GraphQL document as text, or `documentId`"
        )
    if not isinstance(document_id if query is None else query, str):
        raise Problem(400, "NO_QUERY", "`query` and `documentId` are text")
    if name is not None and not isinstance(name, str):
        raise Problem(400, "NOT_A_REQUEST", "`operationName` must be text")
    for key, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise Problem(400, "NOT_A_REQUEST", f"`{key}` must be an object")
    return Request(
        query=str(query or ""),
        document_id=None if document_id is None else str(document_id),
        operation_name=name,
        variables=variables if isinstance(variables, dict) else {},
    )


def _require_json(content_type: str) -> None:
    kind, _, rest = content_type.partition(";")
    charset = rest.replace(" ", "").lower()
    if kind.strip().lower() != LEGACY or charset not in ("", "charset=utf-8", 'charset="utf-8"'):
        raise Problem(415, "MEDIA_TYPE", "the body must be application/json in UTF-8")
