"""Documents that ask too much are refused by the limit's name and the figure, and at once."""

from __future__ import annotations

import time

import pytest
from graphql import build_schema, get_introspection_query

from api.graphql.document import Limits, Reading
from api.graphql.refusal import NotGraphQL, OverLimit, Refusal
from tests.api.graphql.test_measure import doubling

SCHEMA = build_schema("type Query { a: A } type A { a(x: [Int], t: String): A id: Int }")
SECONDS = 1.0
"""Far above what any of them takes, far below what walking through a bomb takes."""
ATTACKS = {
    "fragments that double": (doubling(40), "LEVELS_LIMIT"),
    "fragments that double side by side": (
        "{ a { ...F0 } } "
        + " ".join(f"fragment F{n} on A {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
        + " fragment F60 on A { id }",
        "SELECTIONS_LIMIT",
    ),
    "aliases": (f"{{ a {{ {' '.join(f'x{n}: id' for n in range(200))} }} }}", "ALIASES_LIMIT"),
    "first fields": (f"{{ {' '.join('a { id }' for _ in range(50))} }}", "ROOT_FIELDS_LIMIT"),
    "levels": (f"{{ {'a { ' * 200} id {'} ' * 200} }}", "LEVELS_LIMIT"),
    "tokens": (f"{{ a {{ {'id ' * 20_000} }} }}", "TOKENS_LIMIT"),
    "comments": (f"{'#x' + chr(10)}" * 15_000 + "{ a { id } }", "COMMENTS_LIMIT"),
    "a deep list": (f"{{ a {{ a(x: {'[' * 10_000}{']' * 10_000}) {{ id }} }} }}", "LEVELS_LIMIT"),
    "open brackets": ("{a" * 20_000, "LEVELS_LIMIT"),
}


@pytest.fixture
def reading() -> Reading:
    return Reading(SCHEMA, Limits(), keeps=2)


@pytest.mark.parametrize(("text", "code"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_at_once_by_the_limit_that_it_runs_into(
    reading: Reading, text: str, code: str
) -> None:
    began = time.process_time()
    with pytest.raises(OverLimit) as refused:
        reading.read(text)

    assert refused.value.extensions
    assert refused.value.extensions["code"] == code
    assert time.process_time() - began < SECONDS


def test_tools_may_read_the_schema_and_nobody_reads_it_over_and_over(reading: Reading) -> None:
    deep = f"{{ __schema {{ types {{ {'fields { type { ' * 4} name {'} } ' * 4} }} }} }}"

    assert reading.read(get_introspection_query()).invalid == []
    (error,) = reading.read(deep).invalid
    assert error.message == "Maximum introspection depth exceeded"


def test_a_refusal_says_the_limit_and_the_figure(reading: Reading) -> None:
    with pytest.raises(OverLimit) as refused:
        reading.read(f"{{ a {{ {' '.join(f'x{n}: id' for n in range(16))} }} }}")

    assert refused.value.formatted == {
        "message": "the document has 16, at most 15 aliases",
        "extensions": {"code": "ALIASES_LIMIT", "limit": "aliases", "allowed": 15, "found": 16},
    }


def test_what_is_at_the_limit_is_read(reading: Reading) -> None:
    text = f"{{ {'a { ' * 9} {' '.join(f'x{n}: id' for n in range(15))} {'} ' * 9} }}"
    assert reading.read(text).invalid == []


def test_a_text_that_is_no_document_says_where(reading: Reading) -> None:
    with pytest.raises(NotGraphQL, match="Expected Name") as refused:
        reading.read("{ a {\n")
    assert refused.value.places == [(2, 1)]


def test_what_is_not_in_the_schema_is_told_and_remembered(reading: Reading) -> None:
    first, again = (reading.read("{ a { ids } }") for _ in range(2))

    assert [one.message for one in first.invalid] == [
        "Cannot query field 'ids' on type 'A'. Did you mean 'id'?"
    ]
    assert again is first
    assert (reading.hits, reading.misses) == (1, 1)


def test_suggestions_are_for_those_who_may_know_the_schema() -> None:
    reading = Reading(SCHEMA, Limits(), with_suggestions=False)
    (error,) = reading.read("{ a { ids } }").invalid
    assert error.message == "Cannot query field 'ids' on type 'A'."


def test_the_schema_is_told_to_those_who_may_know_it() -> None:
    reading = Reading(SCHEMA, Limits(), with_introspection=False)
    told = [one.message for one in reading.read("{ __schema { types { kind } } }").invalid]

    assert told
    assert all("GraphQL introspection has been disabled" in one for one in told)
    assert reading.read("{ __typename }").invalid == []


def test_only_the_documents_read_last_are_kept(reading: Reading) -> None:
    for name in ("x", "y", "z", "x"):
        reading.read(f"query {name} {{ a {{ id }} }}")
    assert (reading.hits, reading.misses) == (0, 4)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("query x { a { id } }", None, "x"),
        ("{ a { id } }", None, ""),
        ("query x { a { id } } query y { a { id } }", "y", "y"),
    ],
)
def test_the_operation_is_the_one_that_is_named_or_the_only_one(
    reading: Reading, text: str, name: str | None, found: str
) -> None:
    operation = reading.read(text).operation(name)
    assert (operation.name.value if operation.name else "") == found


@pytest.mark.parametrize("name", [None, "z"])
def test_an_operation_that_is_not_clear_is_refused_with_the_names(
    reading: Reading, name: str | None
) -> None:
    document = reading.read("query x { a { id } } query y { a { id } }")
    with pytest.raises(Refusal, match="must name one of the document's operations: x, y"):
        document.operation(name)
