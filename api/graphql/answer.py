"""Carries out a GraphQL request, and tells its errors without showing what is inside."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
)

from api.graphql.budget import Budgets
from api.graphql.context import Context
from api.graphql.document import AD_HOC, TRUSTED, Document, Limits, Reading
from api.graphql.executor import ListExecutor
from api.graphql.refusal import Refusal, Throttled, code_of
from api.graphql.trusted import TrustedDocuments, read_trusted
from graph.errors import FootprintError

log = structlog.get_logger()

MASKED = "something went wrong on our side; give the request id to whoever runs Footprint"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent: a text, or the id of a trusted document."""

    query: str = ""
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    only_reads: bool = False
    """Whether it came by a method that changes nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What it is answered: the status where statuses tell, and the body."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def refused_by(self) -> list[str]:
        """Codes of why it was not carried out; none when it was."""
        errors = [] if "data" in self.body else self.body["errors"]
        return [one["extensions"]["code"] for one in errors]


@dataclass(frozen=True, slots=True)
class Desk:
    """What all requests have in common: the schema, the documents that were read, the budgets."""

    schema: GraphQLSchema
    ad_hoc: Reading
    trusted: TrustedDocuments
    budgets: Budgets

    def operation_of(self, asked: Request) -> str:
        """What figures call the request: a trusted document by its name."""
        known = self.trusted.name_of(asked.document_id)
        return known or AD_HOC_NAME


AD_HOC_NAME = "ad hoc"
AD_HOC_SCOPE = "api:adhoc"
"""What a key must be for to ask by a text of its own."""
OF_A_REFUSAL = 50
"""What it costs to ask what is refused: reading it takes up to a tenth of a second."""


def open_desk(schema: GraphQLSchema, budgets: Budgets) -> Desk:
    """A desk with the trusted documents of the front ends."""
    return Desk(schema, Reading(schema, AD_HOC), read_trusted(Reading(schema, TRUSTED)), budgets)


async def answer(desk: Desk, asked: Request, context: Context) -> Answer:
    """Read, check and carry out a request; never raises."""
    try:
        desk.budgets.take(context.principal_id, 0)  # nothing is read of who owes already
        document, limits = _found(desk, asked, context)
        if document.invalid:
            return _refused(desk, context, _invalid(document))
        operation = document.operation(asked.operation_name)
        if operation.operation is OperationType.SUBSCRIPTION:
            raise Refusal(
                "SUBSCRIPTION_NOT_HERE", "a subscription is asked over SSE or a websocket"
            )
        if asked.only_reads and operation.operation is not OperationType.QUERY:
            raise Refusal("METHOD", "what changes something is asked by POST", http_status=405)
        estimate = document.plan_of(operation).estimate(asked.variables)
        limits.check_estimate(estimate)
        desk.budgets.take(context.principal_id, estimate.cost)
    except Throttled as error:
        return _of(error)
    except Refusal as error:
        return _refused(desk, context, _of(error))
    result = await _executed(desk, document, asked, context)
    told = _answered(result, context)
    spent = document.plan_of(operation).actual(result.data, asked.variables)
    if "data" in told.body and "errors" in told.body:
        spent = max(spent, estimate.cost)  # what failed has worked too, and shows nothing of it
    desk.budgets.settle(context.principal_id, estimate.cost, spent)
    told.body["extensions"] = {
        "cost": {
            "requested": round(estimate.cost, 1),
            "actual": round(spent, 1),
            "throttleStatus": desk.budgets.status(context.principal_id),
        }
    }
    return told


def _of(error: Refusal) -> Answer:
    return Answer(error.http_status, {"errors": [_told(error)]}, error.headers)


def _invalid(document: Document) -> Answer:
    errors = [_coded(one, "GRAPHQL_VALIDATION_FAILED") for one in document.invalid]
    return Answer(422, {"errors": errors})


def _refused(desk: Desk, context: Context, told: Answer) -> Answer:
    """What is refused was read and measured all the same."""
    desk.budgets.settle(context.principal_id, 0, OF_A_REFUSAL)
    return told


def _found(desk: Desk, asked: Request, context: Context) -> tuple[Document, Limits]:
    if asked.document_id is not None:
        return desk.trusted.find(asked.document_id).document, TRUSTED
    if AD_HOC_SCOPE not in context.key_scopes:
        raise Refusal(
            "TRUSTED_DOCUMENTS_ONLY",
            f"the key is not for {AD_HOC_SCOPE}: it asks by the ids of trusted documents",
            http_status=403,
        )
    return desk.ad_hoc.read(asked.query), desk.ad_hoc.limits


async def _executed(
    desk: Desk, document: Document, asked: Request, context: Context
) -> ExecutionResult:
    result = execute(
        desk.schema,
        document.node,
        context_value=context,
        variable_values=dict(asked.variables),
        operation_name=asked.operation_name,
        executor_class=ListExecutor,
        operation_extensions={},
    )
    if inspect.isawaitable(result):
        result = await result
    return result


def _answered(result: ExecutionResult, context: Context) -> Answer:
    errors = [_explained(one, context) for one in result.errors or ()]
    if not errors:
        return Answer(200, {"data": result.data})
    if result.data is None and not any("path" in one for one in errors):
        return Answer(400, {"errors": errors})  # variables that do not fit: nothing was executed
    return Answer(294 if result.data is not None else 200, {"errors": errors, "data": result.data})


def _explained(error: GraphQLError, context: Context) -> dict[str, Any]:
    """An error of execution: in our words where it is one of ours, else masked and logged."""
    cause = error.original_error
    if cause is None or isinstance(error, Refusal):
        return _coded(error, "BAD_USER_INPUT")
    if isinstance(cause, GraphQLError):
        return _coded(error, str((cause.extensions or {}).get("code", "BAD_USER_INPUT")))
    code = code_of(cause)
    if code and isinstance(cause, FootprintError):
        said = {"code": code, "remedy": cause.remedy}
        return _told(GraphQLError(cause.what, error.nodes, path=error.path, extensions=said))
    log.error("graphql_failed", request_id=context.request_id, path=error.path, exc_info=cause)
    said = {"code": "INTERNAL_SERVER_ERROR", "request_id": context.request_id}
    return _told(GraphQLError(MASKED, error.nodes, path=error.path, extensions=said))


def _coded(error: GraphQLError, code: str) -> dict[str, Any]:
    told = _told(error)
    told.setdefault("extensions", {}).setdefault("code", code)
    return told


def _told(error: GraphQLError) -> dict[str, Any]:
    told: dict[str, Any] = dict(error.formatted)
    if "extensions" in told:
        told["extensions"] = {k: v for k, v in told["extensions"].items() if v not in (None, "")}
    return told
