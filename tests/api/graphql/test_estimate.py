"""What an operation will cost before anything is asked, and what its answer did cost."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.graphql.document import AD_HOC, Document, Limits, Reading
from api.graphql.estimate import Estimate, Plan
from api.graphql.refusal import OverEstimate
from api.graphql.schema import build_schema

SCHEMA = build_schema()
READING = Reading(SCHEMA, Limits())


def plan_of(text: str, reading: Reading = READING) -> Plan:
    document: Document = reading.read(text)
    assert document.invalid == []
    return document.plan_of(document.operation(None))


def estimate(text: str, **variables: Any) -> Estimate:
    return plan_of(text).estimate(variables)


MAY = "query ($may: Boolean!) { ...F @include(if: $may) } fragment F on Query { sources { id } }"


@pytest.mark.parametrize(
    ("text", "variables", "nodes", "cost", "through"),
    [
        ("{ __typename }", {}, 0, 1, ()),
        ('{ search(text: "a") { id } }', {}, 10, 21, ("search",)),
        ('{ search(text: "a", first: 3) { id } }', {}, 3, 14, ("search",)),
        ("query ($n: Int!) { signals(first: $n) { id } }", {"n": 7}, 7, 18, ("signals",)),
        ("query ($n: Int! = 9) { signals(first: $n) { id } }", {}, 9, 20, ("signals",)),
        ("query ($n: Int!) { signals(first: $n) { id } }", {"n": "many"}, 50, 61, ("signals",)),
        ("query ($n: Int!) { signals(first: $n) { id } }", {"n": 80.0}, 80, 91, ("signals",)),
        ("{ signals(first: -5) { id } }", {}, 0, 11, ()),
        ('{ legalEntity(id: "a") { id } }', {}, 1, 12, ("legalEntity",)),
        ('{ hierarchy(id: "a") { entities { id } } }', {}, 5_001, 513, ("hierarchy", "entities")),
        ('{ hierarchy(id: "a") { columns } }', {}, 1, 512, ("hierarchy",)),
        ('{ ancestors(id: "a") { ...F } signals @skip(if: true) { id } } '
         "fragment F on Ancestor { id }", {}, 64, 75, ("ancestors",)),
        (MAY, {"may": False}, 0, 1, ()),
        (MAY, {"may": True}, 20, 31, ("sources",)),
        ("{ __schema { types { name } } }", {}, 0, 101, ()),
    ],
)  # fmt: skip
def test_lists_are_taken_as_long_as_their_argument_or_the_schema_says(
    text: str, variables: dict[str, Any], nodes: int, cost: float, through: tuple[str, ...]
) -> None:
    found = estimate(text, **variables)

    assert (found.nodes, round(found.cost, 6), found.through) == (nodes, cost, through)


def trees(count: int, what: str) -> str:
    asked = (f'x{n}: hierarchy(id: "{n}") {what}' for n in range(count))
    return f"{{ {' '.join(asked)} }}"


def test_a_request_that_would_bring_too_much_names_the_field_and_the_estimate() -> None:
    text = trees(3, "{ entities { id } }")
    Limits().check_estimate(estimate(text))
    with pytest.raises(OverEstimate) as refused:
        AD_HOC.check_estimate(estimate(text))

    assert refused.value.formatted == {
        "message": "the request is estimated at 15,003 nodes, at most 12,500, "
        "most of it through hierarchy.entities",
        "extensions": {
            "code": "NODES_LIMIT", "limit": "nodes", "allowed": 12_500, "found": 15_003,
            "field": "hierarchy.entities",
        },
    }  # fmt: skip


def test_what_costs_too_much_is_refused_by_its_cost() -> None:
    with pytest.raises(OverEstimate, match="estimated at 5,111 cost, at most 5,000"):
        AD_HOC.check_estimate(estimate(trees(10, "{ columns }")))


def test_an_estimate_takes_the_time_of_the_text_and_not_of_the_fields_written_out() -> None:
    spreads = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    text = f"{{ ...F0 }} {spreads} fragment F60 on Query {{ sources {{ id }} }}"
    plan = plan_of(text, Reading(SCHEMA, Limits(roots=10**9, selections=10**9)))
    began = time.process_time()
    found = plan.estimate({})

    assert (found.nodes, found.cost) == (10**9, 10**9)
    assert time.process_time() - began < 0.1


def test_what_an_answer_did_cost_follows_what_is_in_it() -> None:
    plan = plan_of(
        '{ search(text: "a") { id } legalEntity(id: "a") { id } '
        'hierarchy(id: "a") { columns entities { id } } ...F } '
        "fragment F on Query { s: signals { id } }"
    )
    data = {
        "search": [{"id": 1}, {"id": 2}],
        "legalEntity": None,
        "hierarchy": {"columns": {"id": [0] * 40, "name": [0] * 40}, "entities": [{"id": 1}] * 40},
        "s": [],
    }

    search, nobody, family, signals = 10 + 2, 10, 10 + 1 + 40 * 0.05 + 1 + 40 * 0.1, 10
    assert plan.actual(data, {}) == pytest.approx(1 + search + nobody + family + signals)
    assert plan.actual(None, {}) == 1


FIELDS = {
    "search": '(text: "a", first: %d) { id name }',
    "signals": "(first: %d) { id message }",
}


@given(
    some.lists(
        some.tuples(some.sampled_from(sorted(FIELDS)), some.integers(0, 100)),
        max_size=9,
        min_size=1,
    )
)
def test_an_answer_within_its_bounds_never_costs_more_than_was_estimated(
    asked: list[tuple[str, int]],
) -> None:
    parts = [f"x{n}: {name}{FIELDS[name] % first}" for n, (name, first) in enumerate(asked)]
    plan = plan_of(f"{{ {' '.join(parts)} }}")
    full = {f"x{n}": [{}] * first for n, (_, first) in enumerate(asked)}
    half = {name: rows[: len(rows) // 2] for name, rows in full.items()}

    assert plan.actual(full, {}) == pytest.approx(plan.estimate({}).cost)
    assert plan.actual(half, {}) <= plan.estimate({}).cost
