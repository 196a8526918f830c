"""Lists answered in one pass are, byte by byte, what the library's own executor answers."""

from __future__ import annotations

import asyncio
import inspect
from datetime import date
from enum import Enum
from typing import Any

import orjson
import strawberry
from graphql import ExecutionResult, execute, parse
from hypothesis import given, settings
from hypothesis import strategies as some
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as Stock

from api.graphql.columns import Columns
from api.graphql.executor import ListExecutor
from api.graphql.scalars import SCALARS


@strawberry.enum
class Size(Enum):
    """A size."""

    small = "s"
    large = "l"


@strawberry.type
class Thing:
    """Something with fields of every kind."""

    id: strawberry.ID
    name: str | None
    count: int
    share: float | None
    is_new: bool
    size: Size
    since: date | None

    @strawberry.field
    def shout(self) -> str:
        """A field with a resolver of its own."""
        return f"{self.id}!"

    @strawberry.field
    def times(self, by: int = 2) -> int:
        """A field with an argument."""
        return self.count * by


@strawberry.type
class Query:
    """Lists of things, as objects and as columns, some of them faulty."""

    things: list[Thing] = strawberry.field(resolver=lambda root: root.things)
    some_things: list[Thing | None] = strawberry.field(resolver=lambda root: root.some_things)
    table: list[Thing] = strawberry.field(resolver=lambda root: root.table)


SCHEMA = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))._schema


class Root:
    """What a request finds."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.things = [Thing(**row) for row in rows]
        self.some_things = [one for thing in self.things for one in (thing, None)]
        names = ("id", "name", "count", "share", "is_new", "size", "since")
        self.table = Columns({name: [row[name] for row in rows] for name in names}, len(rows))


ROWS = some.lists(
    some.fixed_dictionaries(
        {
            "id": some.one_of(some.text(max_size=3), some.integers(0, 9)),
            "name": some.one_of(some.none(), some.text(max_size=5)),
            "count": some.one_of(some.integers(-5, 2**33), some.none()),
            "share": some.one_of(some.none(), some.floats(), some.integers(0, 1)),
            "is_new": some.booleans(),
            "size": some.sampled_from(Size),
            "since": some.one_of(some.none(), some.dates()),
        }
    ),
    max_size=4,
)
FIELDS = ("id", "name", "count", "share", "isNew", "size", "since", "__typename")
LATE = ("shout", "times", "times(by: 3)")


@some.composite
def documents(draw: some.DrawFn) -> str:
    """Documents over the lists, with aliases, fragments, directives, and fields asked twice."""

    def selection() -> str:
        parts = []
        for _ in range(draw(some.integers(1, 5))):
            # Fields with a resolver are rare: most lists have none, and are answered in one pass.
            field = draw(some.sampled_from(FIELDS * 3 + LATE))
            alias = draw(some.sampled_from(["", "a: ", "b: "])) if "(" not in field else "c: "
            keep = draw(some.sampled_from(["", "", " @skip(if: $no)", " @include(if: $no)"]))
            wrap = draw(some.sampled_from(["{}", "{}", "... on Thing {{ {} }}"]))
            parts.append(wrap.format(f"{alias}{field}{keep}"))
        if draw(some.booleans()):
            parts.append("...More")
        return " ".join(parts)

    lists = draw(some.lists(some.sampled_from(["things", "someThings"]), min_size=1, max_size=3))
    body = " ".join(f"l{at}: {name} {{ {selection()} }}" for at, name in enumerate(lists))
    plain = " ".join(draw(some.lists(some.sampled_from(FIELDS), min_size=1, max_size=4)))
    more = f"fragment More on Thing {{ {plain} }}"
    table = f"table {{ {plain} ...More }}"
    return f"query ($no: Boolean!) {{ {body} {table} }} {more}"


def answered(executor: type[Stock], document: str, root: Root, no: bool) -> bytes:
    """The answer's bytes, errors included."""

    async def run() -> ExecutionResult:
        result = execute(
            SCHEMA, parse(document), root, None, {"no": no},
            executor_class=executor, operation_extensions={},
        )  # fmt: skip
        return await result if inspect.isawaitable(result) else result

    return orjson.dumps(asyncio.run(run()).formatted)


@settings(max_examples=500)
@given(documents(), ROWS, some.booleans())
def test_generated_documents_are_answered_as_the_library_answers_them(
    document: str, rows: list[dict[str, Any]], no: bool
) -> None:
    root = Root(rows)
    assert answered(ListExecutor, document, root, no) == answered(Stock, document, root, no)


def test_a_list_of_leaves_is_answered_without_the_library(monkeypatch: Any) -> None:
    asked: list[str] = []
    whole = Stock.complete_list_value

    def counted(self: Stock, kind: Any, details: Any, info: Any, *more: Any) -> Any:
        asked.append(info.field_name)
        return whole(self, kind, details, info, *more)

    monkeypatch.setattr(Stock, "complete_list_value", counted)
    row = {"id": "1", "name": None, "count": 1, "share": 0.5, "is_new": True,
           "size": Size.small, "since": None}  # fmt: skip
    leaves = "id name count share isNew size since __typename"
    answered(ListExecutor, f"{{ things {{ {leaves} }} table {{ {leaves} }} }}", Root([row]), False)
    answered(ListExecutor, "{ someThings { shout } }", Root([row]), False)

    assert asked == ["someThings"]
