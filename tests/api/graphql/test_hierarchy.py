"""A family over HTTP: objects and columns, one statement, whatever is selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.queries.conftest import Register, register
from tests.queries.register import company, entity_id, under

__all__ = ["register"]

Ask = Callable[..., Any]
A, B, C, D, E = (entity_id(name) for name in "ABCDE")
OBJECTS = """
query ($id: ID!, $on: Date, $planned: Boolean = false, $depth: Int = 64) {
  hierarchy(id: $id, validOn: $on, withPlanned: $planned, depth: $depth) {
    rootId totalCount hiddenCount truncated
    entities {
      id parentId depth name jurisdiction status category endedOn isStub share isConflicting
      hiddenCount startsOn tense
    }
  }
}
"""

COLUMNS = """
query ($id: ID!, $of: [HierarchyField!]) { hierarchy(id: $id) { columns(of: $of) } }
"""


@pytest.fixture
def family(register: Register) -> None:
    register(
        company("A", country="DE"),
        company("B", under("A", "2020-01-01", share=0.6), country="GB", ended="2024-05-01"),
        company("C", under("B", "2020-01-01")),
        company("D", under("A", "2027-01-01")),
        company("E", under("X", "2020-01-01")),
    )


def told(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The entities of an answer in the order of their names, without their ids."""
    found = answer["data"]["hierarchy"]["entities"]
    return sorted(tuple(one.values())[2:] for one in found)


@pytest.mark.usefixtures("family")
async def test_a_family_is_objects_with_nothing_for_what_is_not_known(
    ask: Ask, statements: list[str]
) -> None:
    answer = await ask(OBJECTS, id=A)

    assert "errors" not in answer
    assert {k: v for k, v in answer["data"]["hierarchy"].items() if k != "entities"} == {
        "rootId": A, "totalCount": 3, "hiddenCount": 0, "truncated": False,
    }  # fmt: skip
    assert told(answer) == [
        (0, "A", "DE", "ACTIVE", "GENERAL", None, False, None, False, 0, None, "present"),
        (1, "B", "GB", "ACTIVE", "GENERAL", "2024-05-01", False, 0.6, False, 0, None, "former"),
        (2, "C", None, "ACTIVE", "GENERAL", None, False, None, False, 0, None, "present"),
    ]
    assert len(statements) == 1


@pytest.mark.usefixtures("family")
async def test_plans_other_days_and_a_depth_are_asked_for(ask: Ask) -> None:
    planned = await ask(OBJECTS, id=A, planned=True)
    cut = await ask(OBJECTS, id=A, depth=1)
    before = await ask(OBJECTS, id=A, on="2019-12-31")

    assert [(one[1], one[-2], one[-1]) for one in told(planned) if one[-1] == "planned"] == [
        ("D", "2027-01-01", "planned")
    ]
    assert (cut["data"]["hierarchy"]["hiddenCount"], cut["data"]["hierarchy"]["truncated"]) == (
        1,
        True,
    )
    assert [one[1] for one in told(before)] == ["A"]


@pytest.mark.usefixtures("family")
async def test_columns_say_what_the_objects_say_and_only_those_asked_for_are_read(
    ask: Ask, statements: list[str]
) -> None:
    whole = (await ask(COLUMNS, id=A))["data"]["hierarchy"]["columns"]
    some = (await ask(COLUMNS, id=A, of=["name", "share"]))["data"]["hierarchy"]["columns"]

    place = {id: at for at, id in enumerate(whole["id"])}
    assert list(some) == ["name", "share"]
    assert sorted(zip(*some.values(), strict=True)) == [("A", -1.0), ("B", 0.6), ("C", -1.0)]
    assert [whole[name][place[B]] for name in ("parentId", "endedOn", "tense", "startsOn")] == [
        A, "2024-05-01", "former", "",
    ]  # fmt: skip
    assert len(statements) == 2
    assert "jurisdiction" in statements[0]
    assert "jurisdiction" not in statements[1]


@pytest.mark.usefixtures("family")
async def test_fragments_aliases_and_what_is_skipped_decide_what_is_read(
    ask: Ask, statements: list[str]
) -> None:
    answer = await ask(
        """
        query ($id: ID!, $no: Boolean!) {
          tree: hierarchy(id: $id) { ...Family few: entities { label: name } }
        }
        fragment Family on Hierarchy { entities { ...Named share @include(if: $no) } }
        fragment Named on HierarchyEntity { label: name status @skip(if: true) }
        """,
        id=A,
        no=False,
    )

    found = answer["data"]["tree"]
    assert sorted(one["label"] for one in found["entities"]) == ["A", "B", "C"]
    assert all(set(one) == {"label"} for one in [*found["entities"], *found["few"]])
    assert len(statements) == 1
    assert "share" not in statements[0].rpartition("RETURN")[2]


@pytest.mark.parametrize("depth", [-1, 65])
async def test_a_depth_that_is_not_allowed_is_refused_with_the_allowed_ones(
    ask: Ask, depth: int
) -> None:
    (error,) = (await ask(OBJECTS, id=A, depth=depth))["errors"]

    assert error["message"] == f"depth is {depth}"
    assert error["extensions"] == {
        "code": "BAD_USER_INPUT",
        "remedy": "ask for 0 to 64 levels",
    }


async def test_no_such_company_is_nothing(ask: Ask) -> None:
    assert await ask(OBJECTS, id="nobody") == {"data": {"hierarchy": None}}


async def test_what_is_no_day_and_what_is_no_view_is_refused_with_its_place(ask: Ask) -> None:
    day = await ask(OBJECTS, id=A, on="2026-02-30")
    view = await ask('{ hierarchy(id: "a", view: legl) { rootId } }')

    assert day["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert "2026-02-30" in day["errors"][0]["message"]
    assert "legal" in view["errors"][0]["message"]
    assert view["errors"][0]["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}
