"""Why a GraphQL request is not carried out: a code, the limit, and the figure that it ran into."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, Node


class Refusal(GraphQLError):
    """A request that is refused before anything is executed."""

    http_status = 422

    def __init__(
        self, code: str, message: str, nodes: list[Node] | None = None, **said: Any
    ) -> None:
        super().__init__(message, nodes, extensions={"code": code, **said})


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


class NotGraphQL(Refusal):
    """A text that is no GraphQL document."""

    http_status = 400

    def __init__(self, message: str, locations: list[tuple[int, int]] | None = None) -> None:
        super().__init__("GRAPHQL_PARSE_FAILED", message)
        self.places = locations or []
