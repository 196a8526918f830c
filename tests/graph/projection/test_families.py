"""Families: who belongs to which account, and which account is the nearest on the way up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.connection import BatchSession
from graph.projection import Projected, project
from graph.projection.families import families_of

TREE = """
CREATE (world:Account {id: 'world'}), (nested:Account {id: 'nested'}),
       (top:LegalEntity {id: 'top'}), (mid:LegalEntity {id: 'mid'}), (low:LegalEntity {id: 'low'}),
       (other:LegalEntity {id: 'other'}),
       (world)-[:ROOTED_AT {recorded_from: datetime('2026-01-01')}]->(top),
       (nested)-[:ROOTED_AT {recorded_from: datetime('2026-01-02')}]->(mid),
       (mid)-[:PARENT_IN {view: 'commercial', controlling: true}]->(top),
       (low)-[:PARENT_IN {view: 'commercial', controlling: true}]->(mid),
       (low)-[:PARENT_IN {view: 'legal', controlling: true}]->(other),
       (other)-[:PARENT_IN {view: 'legal', controlling: false}]->(top),
       (top)-[:PARENT_IN {view: 'commercial', controlling: true, cut: true}]->(low)
"""
FAMILIES = """
MATCH (entity)-[family:IN_FAMILY]->(account)
RETURN entity.id, account.id, family.view, family.nearest, family.depth, family.own
ORDER BY entity.id, account.id, family.view
"""


def test_a_company_is_in_the_family_of_every_account_above_it_and_near_to_one(
    batches: BatchSession,
) -> None:
    batches.run(TREE)
    project(batches)
    assert batches.rows(FAMILIES) == [
        ("low", "nested", "commercial", True, 1, True),
        ("low", "world", "commercial", False, 2, False),
        ("mid", "nested", "commercial", True, 0, True),
        ("mid", "nested", "legal", True, 0, False),
        ("mid", "world", "commercial", False, 1, False),
        ("top", "world", "commercial", True, 0, True),
        ("top", "world", "legal", True, 0, False),
    ]


def test_projecting_again_changes_nothing_and_a_move_changes_what_moved(
    batches: BatchSession,
) -> None:
    batches.run(TREE)
    assert project(batches) == Projected(in_family=7, near=0, supplies=0)
    assert project(batches) == Projected(in_family=0, near=0, supplies=0)
    batches.run("MATCH (:LegalEntity {id: 'mid'})-[old:PARENT_IN]->() DELETE old")
    assert project(batches) == Projected(in_family=2, near=0, supplies=0)


def test_a_company_that_nobody_is_said_to_sell_to_is_of_its_account_by_law(
    batches: BatchSession,
) -> None:
    batches.run(
        "CREATE (account:Account {id: 'account'}), (top:LegalEntity {id: 'top'}), "
        "(account)-[:ROOTED_AT {recorded_from: datetime('2026-01-01')}]->(top), "
        "(:LegalEntity {id: 'low'})-[:PARENT_IN {view: 'legal', controlling: true}]->(top)"
    )
    project(batches)
    assert batches.rows(FAMILIES) == [
        ("low", "account", "legal", True, 1, True),
        ("top", "account", "commercial", True, 0, True),
        ("top", "account", "legal", True, 0, False),
    ]


def test_of_two_accounts_on_one_company_the_one_known_first_is_the_nearest() -> None:
    assert families_of([("b", "top"), ("a", "top")], {"top": ["low"]}) == {
        ("top", "b"): (True, 0),
        ("top", "a"): (False, 0),
        ("low", "b"): (True, 1),
        ("low", "a"): (False, 1),
    }


COMPANIES = st.sampled_from([f"c{number}" for number in range(8)])


@given(
    parents=st.dictionaries(COMPANIES, COMPANIES, max_size=8),
    roots=st.lists(st.tuples(st.sampled_from("abc"), COMPANIES), max_size=4, unique=True),
)
def test_a_family_is_who_reaches_its_root_and_each_company_has_one_nearest_account(
    parents: dict[str, str], roots: list[tuple[str, str]]
) -> None:
    below: dict[str, list[str]] = {}
    for child, parent in parents.items():
        below.setdefault(parent, []).append(child)
    found = families_of(roots, below)
    expected: dict[tuple[str, str], int] = {}
    for company in (f"c{number}" for number in range(8)):
        above, steps = company, 0
        while above is not None and steps < 9:
            for account, root in roots:
                if root == above:
                    expected.setdefault((company, account), steps)
            above, steps = parents.get(above), steps + 1
    assert {key: depth for key, (_, depth) in found.items()} == expected
    for company in {entity for entity, _ in found}:
        mine = {account: told for (entity, account), told in found.items() if entity == company}
        nearest = [account for account, (is_nearest, _) in mine.items() if is_nearest]
        assert len(nearest) == 1
        assert mine[nearest[0]][1] == min(depth for _, depth in mine.values())
