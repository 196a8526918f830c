"""Families as a register told them: today, on another day, as known before, with plans."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest

from graph.connection import ReadSession
from queries.hierarchy.ancestors import ancestors
from queries.hierarchy.changes import changes
from queries.hierarchy.further_parents import further_parents
from queries.hierarchy.hierarchy import Family as Columns
from queries.hierarchy.hierarchy import family
from queries.hierarchy.members import members
from queries.hierarchy.ultimate_parents import ultimate_parents
from tests.queries.conftest import Register
from tests.queries.register import company, entity_id, event, under

A, B, C, D = (entity_id(name) for name in "ABCD")
NAMES = {entity_id(name): name for name in "ABCDEFG"}


def rows_of(columns: Columns | None) -> list[tuple[object, ...]]:
    assert columns
    assert all(columns.in_scopes)
    told = [getattr(columns, one.name) for one in fields(columns) if one.name != "in_scopes"]
    rows = zip(*told, strict=True)
    return sorted((NAMES[row[0]], NAMES.get(row[1], ""), *row[2:]) for row in rows)


async def below(graph: ReadSession, root: str = A, **asked: object) -> list[tuple[str, str]]:
    columns = await family(graph, root_id=root, **asked)  # type: ignore[arg-type]
    return [(row[0], row[1]) for row in rows_of(columns)]  # type: ignore[misc]


async def test_a_family_comes_in_columns_that_keep_step(
    graph: ReadSession, register: Register
) -> None:
    register(
        company("A", country="DE"),
        company("B", under("A", "2020-01-01", share=0.6), country="GB", ended="2024-05-01"),
        company("C", under("B", "2020-01-01"), under("A", "2021-01-01", share=0.2)),
        company("D", under("X", "2020-01-01")),
        company("E", under("C")),
    )

    present = ("ACTIVE", "GENERAL", "", False, -1.0)
    assert rows_of(await family(graph, root_id=A)) == [
        ("A", "", 0, "A", "DE", *present, False, 0, "", "present"),
        ("B", "A", 1, "B", "GB", "ACTIVE", "GENERAL", "2024-05-01", False, 0.6)
        + (False, 0, "", "former"),
        ("C", "B", 2, "C", "", *present, True, 0, "", "present"),
        ("E", "C", 3, "E", "", *present, False, 0, "", "present"),
    ]
    cut_short = rows_of(await family(graph, root_id=A, depth=1))
    assert [(row[0], row[-3]) for row in cut_short] == [("A", 0), ("B", 1)]


async def test_the_tree_of_today_is_the_tree_as_of_today(
    graph: ReadSession, register: Register
) -> None:
    register(
        company("A"),
        company("B", under("A", "2020-01-01")),
        company("C", under("B", "2020-01-01"), under("A", "2021-01-01", share=0.2)),
    )

    today = datetime.now(UTC).date()
    as_of = await family(graph, root_id=A, valid_on=today)
    assert rows_of(as_of) == rows_of(await family(graph, root_id=A))
    one_level = await family(graph, root_id=A, valid_on=today, depth=1)
    assert rows_of(one_level) == rows_of(await family(graph, root_id=A, depth=1))


async def test_a_company_that_moved_is_where_it_was_on_that_day(
    graph: ReadSession, register: Register
) -> None:
    first = company("B", under("A", "2020-01-01"))
    other = company("C", under("A", "2020-01-01"))
    register(company("A"), first, other, on="2024-01-01", known="2024-01-01")
    register(
        company("A"),
        company("B", under("C", "2024-06-01")),
        company("C", under("A", "2020-01-01")),
        on="2024-08-01",
        known="2024-08-01",
    )

    assert await below(graph) == [("A", ""), ("B", "C"), ("C", "A")]
    assert await below(graph, valid_on=date(2024, 1, 1)) == [("A", ""), ("B", "A"), ("C", "A")]
    before_we_knew = datetime(2024, 7, 1, tzinfo=UTC)
    assert await below(graph, valid_on=date(2024, 7, 1), known_at=before_we_knew) == [
        ("A", ""),
        ("B", "A"),
        ("C", "A"),
    ]


async def test_a_name_is_the_one_of_that_day(graph: ReadSession, register: Register) -> None:
    first = company("B", under("A", "2020-01-01"))
    register(company("A"), first, on="2024-01-01", known="2024-01-01")
    register(
        company("A"),
        company("B", under("A", "2020-01-01"), name="New B", named_on="2024-06-01"),
        on="2024-08-01",
        known="2024-08-01",
    )

    names = [
        rows_of(await family(graph, root_id=A, valid_on=day))[1][3]
        for day in (date(2024, 5, 31), date(2024, 6, 1), None)
    ]
    assert names == ["B", "New B", "New B"]


async def test_a_plan_is_shown_when_asked_for(graph: ReadSession, register: Register) -> None:
    register(
        company("A"),
        company("B", under("A", "2999-01-01", planned=True)),
        company("C", under("B", "2020-01-01")),
    )

    assert await below(graph) == [("A", "")]
    planned = rows_of(await family(graph, root_id=A, with_planned=True))
    assert [(row[0], row[1], row[13], row[12]) for row in planned] == [
        ("A", "", "present", ""),
        ("B", "A", "planned", "2999-01-01"),
        ("C", "B", "present", ""),
    ]


async def test_a_circle_is_cut_and_ends(
    graph: ReadSession, load: object, register: Register
) -> None:
    register(company("A"), company("B", under("A", "2020-01-01")))
    register(
        company("A", under("B", "2021-01-01")),
        company("B", under("A", "2020-01-01")),
        known="2026-01-03",
        warned=True,
    )

    assert await below(graph) == [("A", ""), ("B", "A")]
    (cut,) = await further_parents(graph, entity_ids=[A])
    assert (cut.entity_id, cut.parent_id, cut.is_cut) == (A, B, True)


async def test_further_parents_say_their_share(graph: ReadSession, register: Register) -> None:
    register(
        company("A"),
        company("B"),
        company("C", under("A", "2020-01-01", share=0.6), under("B", "2020-01-01", share=0.4)),
    )

    (further,) = await further_parents(graph, entity_ids=[A, B, C])
    assert astuple(further)[:5] == (C, B, "B", 0.4, False)
    assert await further_parents(graph, entity_ids=[C], valid_on=date(2019, 1, 1)) == []


async def test_what_is_above(graph: ReadSession, register: Register) -> None:
    register(
        company("A", country="DE"),
        company("B", under("A", "2020-01-01", share=0.7)),
        company("C", under("B", "2021-01-01")),
        company("D"),
    )

    above = [astuple(one) for one in await ancestors(graph, entity_id=C)]
    assert [row[:5] + row[6:7] for row in above] == [
        (B, "B", None, 1, None, date(2021, 1, 1)),
        (A, "A", "DE", 2, 0.7, date(2020, 1, 1)),
    ]
    tops = await ultimate_parents(graph, entity_ids=[C, D])
    assert {astuple(top) for top in tops} == {(C, A, "A", "DE", 2), (D, D, "D", None, 0)}


async def test_rows_are_the_columns_read_across(graph: ReadSession, register: Register) -> None:
    register(company("A"), company("B", under("A", "2020-01-01", share=0.7), country="GB"))

    read = [astuple(member) for member in await members(graph, root_id=A)]
    assert [row[:7] + row[8:] for row in read] == [
        (A, None, 0, "A", None, "ACTIVE", None, None, None),
        (B, A, 1, "B", "GB", "ACTIVE", None, 0.7, date(2020, 1, 1)),
    ]


async def test_changes_between_two_days_say_what_and_why(
    graph: ReadSession, register: Register
) -> None:
    register(
        company("A"),
        company("B", under("A", "2020-01-01")),
        company("C", under("A", "2020-01-01")),
        company("D", under("A", "2020-01-01")),
        on="2024-01-01",
        known="2024-01-01",
    )
    register(
        company("A"),
        company("B", under("C", "2024-06-01")),
        company("C", under("A", "2020-01-01"), name="New C", named_on="2024-06-02"),
        company("D", ended="2024-06-03"),
        company("E", under("A", "2024-06-04")),
        company("F", under("A", "2999-01-01", planned=True)),
        event("1", "ABSORPTION", "2024-06-05", successor="A", predecessor="Z"),
        on="2024-08-01",
        known="2024-08-02",
    )

    found = await changes(graph, root_id=A, from_on=date(2024, 5, 1), to_on=date(2024, 9, 1))
    told = [
        (str(one.happened_on), one.kind, one.name, one.from_name, one.to_name, one.source)
        for one in found
    ]
    assert told == [
        ("2024-06-01", "moved", "B", "A", "New C", "toy"),
        ("2024-06-02", "renamed", "New C", "C", "New C", "toy"),
        ("2024-06-03", "ended", "D", None, None, "toy"),
        ("2024-06-04", "added", "E", None, "A", "toy"),
        ("2024-06-05", "event", "A", None, None, "toy"),
        ("2024-08-01", "left", "D", "A", None, "toy"),
        ("2999-01-01", "planned", "F", None, "A", "toy"),
    ]
    assert {one.known_at for one in found} == {"2024-08-02T00:00:00Z"}
    assert {one.reason for one in found} == {
        None,
        "no longer stated by its record",
        "successor of ABSORPTION",
    }


@pytest.mark.parametrize(
    "asked", [{}, {"valid_on": date(2026, 1, 2)}, {"with_planned": True}], ids=str
)
async def test_some_columns_of_a_family_say_what_they_say_among_all(
    graph: ReadSession, register: Register, asked: dict[str, Any]
) -> None:
    register(
        company("A", country="DE"),
        company("B", under("A", "2020-01-01", share=0.6), ended="2024-05-01"),
        company("C", under("B", "2020-01-01"), ended="2999-01-01"),
        company("D", under("A", "2998-01-01")),
    )
    whole = await family(graph, root_id=A, **asked)
    names = [one.name for one in fields(Columns)]
    for columns in map(list, combinations(names, 1 if asked else 2)):
        some = await family(graph, root_id=A, columns=columns, **asked)
        for name in columns:
            pairs = [
                dict(zip(one.ids, getattr(one, name), strict=True)) for one in (whole, some) if one
            ]
            assert pairs[0] == pairs[1], columns


async def test_changes_between_two_moments_are_what_was_learnt(
    graph: ReadSession, register: Register
) -> None:
    register(company("A"), company("B", under("A", "2020-01-01")), known="2024-01-01")
    register(
        company("A"),
        company("B", under("A", "2020-01-01")),
        company("C", under("A", "2020-01-01")),
        on="2026-01-02",
        known="2026-01-03",
    )

    day = date(2024, 1, 1)
    learnt = await changes(
        graph,
        root_id=A,
        from_on=day,
        to_on=day,
        known_from=datetime(2024, 2, 1, tzinfo=UTC),
        known_to=datetime(2026, 2, 1, tzinfo=UTC),
    )
    assert [(one.kind, one.entity_id, one.to_id) for one in learnt] == [("added", C, A)]
    assert await changes(graph, root_id=A, from_on=day, to_on=date(2024, 2, 1)) == []
