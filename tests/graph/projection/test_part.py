"""The part of the projection that a change touches: the whole one finds nothing left to do."""

from __future__ import annotations

from random import Random

import pytest

from graph.connection import BatchSession
from graph.projection import Projected, project
from graph.projection.part import project_families, project_near, project_suppliers

COMPANIES = [f"company {number}" for number in range(14)]
ACCOUNTS = [f"account {number}" for number in range(4)]
GROW = """
UNWIND $companies AS id CREATE (:LegalEntity {id: id})
WITH count(*) AS made
UNWIND $roots AS root
MATCH (top:LegalEntity {id: root[1]})
MERGE (account:Account {id: root[0]})
CREATE (account)-[:ROOTED_AT {recorded_from: datetime(root[2])}]->(top)
"""
MOVE = """
MATCH (child:LegalEntity {id: $child}), (parent:LegalEntity {id: $parent})
OPTIONAL MATCH (child)-[old:PARENT_IN {view: $view}]->()
DELETE old
WITH DISTINCT child, parent
CREATE (child)-[:PARENT_IN {view: $view, controlling: $controlling}]->(parent)
"""
ROOT = """
MATCH (account:Account {id: $account})-[old:ROOTED_AT]->(), (top:LegalEntity {id: $top})
DELETE old
WITH DISTINCT account, top
CREATE (account)-[:ROOTED_AT {recorded_from: datetime('2026-02-01')}]->(top)
"""
PLACES = """
CREATE (:Site {id: 'hall', latitude: 52.5, longitude: 13.4}), (:Site {id: 'shed'}),
       (:PointOfPresence {id: 'berlin', latitude: 52.51, longitude: 13.41}),
       (:PointOfPresence {id: 'paris', latitude: 48.85, longitude: 2.35})
"""
NOTHING = Projected(in_family=0, near=0, supplies=0)


def change(random: Random, session: BatchSession) -> tuple[set[str], set[str]]:
    """Move some companies, and sometimes the top of an account; which changed."""
    moved, rooted = set[str](), set[str]()
    for _ in range(random.randint(1, 3)):
        child, parent = random.sample(COMPANIES, 2)
        view = random.choice(["legal", "commercial"])
        controlling = random.random() < 0.8
        session.run(MOVE, child=child, parent=parent, view=view, controlling=controlling)
        moved.add(child)
    if random.random() < 0.3:
        account = random.choice(ACCOUNTS)
        session.run(ROOT, account=account, top=random.choice(COMPANIES))
        rooted.add(account)
    return moved, rooted


@pytest.mark.parametrize("seed", range(4))
def test_families_after_moves_are_those_that_the_whole_projection_finds(
    batches: BatchSession, seed: int
) -> None:
    random = Random(seed)
    roots = [
        [one, random.choice(COMPANIES), f"2026-01-0{random.randint(1, 3)}"] for one in ACCOUNTS
    ]
    batches.run(GROW, companies=COMPANIES, roots=roots)
    project(batches)

    for _ in range(12):
        entities, accounts = change(random, batches)
        project_families(batches, entities, accounts)
        assert project(batches) == NOTHING


def test_a_company_that_leaves_a_family_touches_the_account_that_it_left_and_the_one_it_joins(
    batches: BatchSession,
) -> None:
    roots = [["old", COMPANIES[0], "2026-01-01"], ["new", COMPANIES[1], "2026-01-01"]]
    batches.run(GROW, companies=COMPANIES, roots=[*roots, ["far", COMPANIES[2], "2026-01-01"]])
    moves = {"child": COMPANIES[3], "view": "commercial", "controlling": True}
    batches.run(MOVE, parent=COMPANIES[0], **moves)
    project(batches)

    batches.run(MOVE, parent=COMPANIES[1], **moves)

    assert project_families(batches, {COMPANIES[3]}, set()) == {"old", "new"}


def test_a_site_that_is_placed_anew_is_near_what_is_there(batches: BatchSession) -> None:
    batches.run(PLACES)
    project(batches)
    batches.run("MATCH (site:Site {id: 'shed'}) SET site.latitude = 48.8, site.longitude = 2.3")
    assert project_near(batches, {"shed"}, all_pops=False) == 1
    batches.run("MATCH (site:Site {id: 'hall'}) REMOVE site.latitude")
    assert project_near(batches, {"hall"}, all_pops=False) == 1
    batches.run("MATCH (pop:PointOfPresence {id: 'paris'}) SET pop.latitude = 0.0")
    assert project_near(batches, set(), all_pops=True) == 1
    assert project(batches) == NOTHING


def test_a_system_supplies_the_accounts_in_whose_family_it_describes_something(
    batches: BatchSession,
) -> None:
    batches.run(GROW, companies=COMPANIES, roots=[["one", COMPANIES[0], "2026-01-01"]])
    project(batches)
    batches.run(
        "MATCH (top:LegalEntity {id: 'company 0'}) CREATE (:SourceSystem {id: 'crm'}), "
        "(:SourceRecord {id: 'r', system: 'crm'})-[:RESOLVES_TO]->(top)"
    )
    assert project_suppliers(batches, {"one"}) == {"one"}
    assert project(batches) == NOTHING
