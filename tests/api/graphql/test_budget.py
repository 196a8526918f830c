"""How much each principal may still ask: taken before, settled after, restored with time."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as some

from api.graphql.budget import KEPT, SECONDS, Budgets
from api.graphql.refusal import Throttled
from graph.connection import BatchSession

RATE = 100.0
MOST = RATE * SECONDS


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budgets(clock: Clock) -> Budgets:
    return Budgets(RATE, clock)


def left(budgets: Budgets, principal: str = "ada") -> float:
    return budgets.status(principal)["currentlyAvailable"]


def test_what_is_estimated_is_taken_and_the_difference_is_given_back(budgets: Budgets) -> None:
    budgets.take("ada", 500)
    taken = left(budgets)
    budgets.settle("ada", 500, 120)

    assert (taken, left(budgets), left(budgets, "bob")) == (MOST - 500, MOST - 120, MOST)


def test_it_comes_back_with_time_and_never_above_the_brim(budgets: Budgets, clock: Clock) -> None:
    budgets.take("ada", 1_000)
    clock.now = 4
    after_four = left(budgets)
    clock.now = 400

    assert (after_four, left(budgets)) == (MOST - 1_000 + 400, MOST)


def test_who_has_asked_much_is_told_what_is_left_and_when_to_come_again(budgets: Budgets) -> None:
    budgets.take("ada", MOST - 50)
    with pytest.raises(Throttled) as refused:
        budgets.take("ada", 300)
    budgets.take("bob", 300)

    assert refused.value.http_status == 429
    assert refused.value.headers == {"Retry-After": "3"}
    status = {"maximumAvailable": MOST, "currentlyAvailable": 50, "restoreRate": RATE}
    assert refused.value.formatted == {
        "message": "the request is estimated to cost 300, and 50 are left -> ask again in 3 s",
        "extensions": {
            "code": "THROTTLED",
            "retry_after": 3,
            "cost": {"requested": 300, "actual": None, "throttleStatus": status},
        },
    }


def test_after_the_time_that_was_told_it_is_answered(budgets: Budgets, clock: Clock) -> None:
    budgets.take("ada", MOST)
    with pytest.raises(Throttled) as refused:
        budgets.take("ada", 250)
    clock.now = int(refused.value.headers["Retry-After"])

    budgets.take("ada", 250)


def test_what_cost_more_than_was_taken_is_owed(budgets: Budgets, clock: Clock) -> None:
    budgets.take("ada", 100)
    budgets.settle("ada", 100, MOST + 300)
    with pytest.raises(Throttled, match="too much was asked: -300 are left -> ask again in 3 s"):
        budgets.take("ada", 0)
    clock.now = 4

    assert left(budgets) == 100


def test_what_is_larger_than_the_bucket_waits_until_it_is_full(budgets: Budgets) -> None:
    budgets.take("ada", MOST * 2)

    assert left(budgets) == -MOST


def test_whose_bucket_is_full_again_is_forgotten_first(budgets: Budgets, clock: Clock) -> None:
    budgets.take("ada", MOST)
    for number in range(KEPT):
        budgets.take(str(number), 0)
    clock.now = 1

    assert left(budgets) == RATE
    assert len(budgets._buckets) <= KEPT


@given(some.lists(some.tuples(some.floats(0, 500), some.floats(0, 1), some.floats(0, 3))))
def test_nobody_is_given_more_than_the_bucket_and_its_rate(
    asked: list[tuple[float, float, float]],
) -> None:
    clock = Clock()
    budgets = Budgets(RATE, clock)
    spent = 0.0
    for cost, share, pause in asked:
        clock.now += pause
        try:
            budgets.take("ada", cost)
        except Throttled:
            continue
        budgets.settle("ada", cost, cost * share)
        spent += cost * share

    assert spent <= MOST + RATE * clock.now + 1e-6


def cost_of(told: dict[str, Any]) -> tuple[float, float]:
    cost = told["extensions"]["cost"]
    return cost["requested"], cost["actual"]


@pytest.mark.usefixtures("batches")
async def test_an_answer_says_what_it_cost_and_what_is_left(client: httpx.AsyncClient) -> None:
    body = {"query": '{ search(text: "nobody") { id } }'}
    cost = (await client.post("/graphql", json=body)).json()["extensions"]["cost"]
    status = cost.pop("throttleStatus")

    assert cost == {"requested": 21, "actual": 11}
    assert (status["maximumAvailable"], status["restoreRate"]) == (40_000, 2_000)
    assert 39_980 < status["currentlyAvailable"] <= 40_000


async def test_what_fails_costs_what_was_estimated(client: httpx.AsyncClient) -> None:
    body = {"query": '{ hierarchy(id: "a", depth: 99) { entities { id } } }'}
    told = (await client.post("/graphql", json=body)).json()

    assert told["data"] == {"hierarchy": None}
    assert cost_of(told) == (513, 513)


async def test_what_is_refused_costs_too_and_who_owes_is_not_even_read(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    desk = app.state.desk
    desk.budgets.clock = Clock()
    first = await client.post("/graphql", json={"query": "{ nothing }"})
    after = left(desk.budgets, "operator")
    desk.budgets.settle("operator", 0, 40_000)
    second = await client.post("/graphql", json={"query": "{ nothing_else }"})

    assert first.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert second.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert (after, desk.ad_hoc.misses) == (40_000 - 50, 1)


async def test_variables_that_do_not_fit_cost_next_to_nothing(client: httpx.AsyncClient) -> None:
    body = {"query": "query ($id: ID!) { hierarchy(id: $id) { entities { id } } }"}
    told = (await client.post("/graphql", json=body)).json()

    assert cost_of(told) == (513, 1)


async def test_who_asks_too_much_is_answered_429_also_in_the_legacy_media_type(
    client: httpx.AsyncClient, app: FastAPI, batches: BatchSession
) -> None:
    app.state.desk.budgets.take("operator", 42_000)
    answer = await client.post("/graphql", json={"query": "{ signals(first: 100) { id } }"})

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) in (1, 2)
    assert answer.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
