"""Why a GraphQL request is not carried out: a code, the limit, and the figure that it ran into."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError, Source

from graph.errors import EngineError, FootprintError, LoadError, NotFound, UsageError

CODES: dict[type[FootprintError], str] = {
    NotFound: "NOT_FOUND",
    UsageError: "BAD_USER_INPUT",
    LoadError: "CONFLICT",
    EngineError: "DATABASE_UNAVAILABLE",
}
"""Errors of ours whose words a client may read; all others are masked."""


def code_of(error: Exception) -> str | None:
    """The code of an error that a client may read; None where it is masked."""
    if isinstance(error, Refusal):
        return str((error.extensions or {})["code"])
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), None)


class Refusal(GraphQLError):
    """A request that is refused before anything is executed."""

    http_status = 422
    headers: dict[str, str] = {}

    def __init__(
        self,
        code: str,
        message: str,
        *,
        source: Source | None = None,
        positions: Collection[int] | None = None,
        http_status: int | None = None,
        **said: Any,
    ) -> None:
        extensions = {"code": code, **said}
        super().__init__(message, source=source, positions=positions, extensions=extensions)
        self.http_status = http_status or self.http_status


class OverLimit(Refusal):
    """A request that is larger than a limit: the limit's name, its value, and the figure."""

    def __init__(self, limit: str, allowed: int, found: int | None = None) -> None:
        figure = f"more than {allowed:,}" if found is None else f"{found:,}, at most {allowed:,}"
        super().__init__(
            f"{limit.upper()}_LIMIT".replace(" ", "_"),
            f"the document has {figure} {limit}",
            limit=limit,
            allowed=allowed,
            found=found,
        )


class OverEstimate(Refusal):
    """A request that would bring more than one may: the limit, the estimate, and the field."""

    def __init__(self, limit: str, allowed: float, found: float, through: str) -> None:
        where = f", most of it through {through}" if through else ""
        super().__init__(
            f"{limit.upper()}_LIMIT",
            f"the request is estimated at {found:,.0f} {limit}, at most {allowed:,.0f}{where}",
            limit=limit,
            allowed=allowed,
            found=found,
            field=through,
        )


class Throttled(Refusal):
    """A request of somebody who has asked much: what it would cost, what is left, and when."""

    http_status = 429

    def __init__(self, cost: float, status: dict[str, float], seconds: int) -> None:
        left = status["currentlyAvailable"]
        asked = (
            f"the request is estimated to cost {cost:,.0f}, and" if cost else "too much was asked:"
        )
        super().__init__(
            "THROTTLED",
            f"{asked} {left:,.0f} are left -> ask again in {seconds} s",
            cost={"requested": cost, "actual": None, "throttleStatus": status},
            retry_after=seconds,
        )
        self.headers = {"Retry-After": str(seconds)}


class NotGraphQL(Refusal):
    """A text that is no GraphQL document."""

    http_status = 400

    def __init__(self, error: GraphQLSyntaxError) -> None:
        super().__init__(
            "GRAPHQL_PARSE_FAILED", error.message, source=error.source, positions=error.positions
        )

    @property
    def places(self) -> list[tuple[int, int]]:
        """Lines and columns of what is wrong."""
        return [(one.line, one.column) for one in self.locations or ()]
