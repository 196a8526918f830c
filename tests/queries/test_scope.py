"""What a principal is answered is what it would be if what it may not see were not there."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from graph.connection import BatchSession, ReadSession
from graph.errors import StatementError
from graph.scope import Scope
from graph.settings import ROOT
from queries.account.business import Business
from queries.account.companies import companies
from queries.hierarchy.largest_families import largest_families
from queries.hierarchy.members import members
from queries.hierarchy.ultimate_parents import ultimate_parents
from tests.queries.small_world import WORLDS, World, a_world, forget_the_rest, write_world

FOLDER = ROOT / "queries"
BY_PLACE = ("hierarchy", "hierarchy_now", "hierarchy_planned", "members", "ancestors", "changes",
            "ultimate_parents", "largest_families", "companies", "interests")  # fmt: skip
"""Questions that go past whom may not be seen: Python says what they tell."""
OPERATORS = ("ledger", "system_of_record", "called_wrong", "rule_runs", "account_without_customer")
"""Questions about our own house, which only who sees everything is answered."""
DAY = date(2026, 6, 20)
GIVEN: dict[str, Any] = {
    "valid_on": DAY, "on": DAY, "view": "legal", "limit": 100, "months": 12, "days": 60,
    "horizon_days": 400, "billed_within_days": 90, "worst": 5, "states": ["open"],
    "rule_id": None, "known_at": None, "property": None, "scheme": None, "label": None,
    "query": "+quarz", "candidates": 400, "now": datetime(2026, 6, 20, tzinfo=UTC), "base": "EUR",
    "max_age_days": 30, "value": "none", "account_id": None,
    "words": [], "tiers": None, "segments": None, "countries": None, "seller_ids": None,
    "has_signals": None, "sort": "name", "descending": False, "after_key": None, "after_id": None,
    "by": "seller", "opened_from": date(2026, 1, 1), "opened_before": DAY,
}  # fmt: skip


def questions() -> list[Callable[..., Any]]:
    """Every named question that has no answer in places; tests/api/feeds/ has those of the feed."""
    found = []
    for path in sorted(FOLDER.glob("*/*.cypher")):
        if path.stem not in BY_PLACE and path.parent.name != "feed":
            module = importlib.import_module(f"queries.{path.parent.name}.{path.stem}")
            found.append(getattr(module, path.stem))
    return found


def ids_of(world: World) -> dict[str, list[Any]]:
    """What may be given for a parameter: ids of everybody, own and foreign."""
    companies = [world.id(one) for one in range(world.size)]
    had = [world.id(one) for one in world.customers]
    kinds = ("agreement", "item", "product", "service", "account", "bill")
    facts = [f"{companies[9]}-legal", f"{companies[10]}-commercial", f"{world.accounts[0]}-covers"]
    facts += [f"{one}-{kind}" for one in had[:2] for kind in ("plays", "real", "billed")]
    return {
        "id": [*companies[::3], *world.accounts], "entity_id": companies[::3],
        "root_id": companies[::3], "entity_ids": [companies],
        "account_ids": [world.accounts], "service_ids": [[f"{one}-service" for one in had]],
        "subject_ids": [[f"{one}-{kind}" for one in had for kind in kinds]],
        "record_ids": [[f"{one}-record" for one in companies]],
        "signal_id": [f"{one}-signal" for one in world.accounts],
        "fact_id": facts,
    }  # fmt: skip


async def answers(graph: ReadSession, world: World) -> dict[str, Any]:
    """What every question says to every id, by its name and what was given."""
    ids, told = ids_of(world), {}
    for question in questions():
        names = [
            one.name for one in inspect.signature(question).parameters.values()
            if one.kind is one.KEYWORD_ONLY and one.name != "columns"
        ]  # fmt: skip
        asked = next((name for name in names if name in ids), None)
        for value in ids[asked] if asked else [None]:
            given = {name: ids[name][0] if name in ids else GIVEN[name] for name in names}
            if asked:
                given[asked] = value
            key = f"{question.__name__} {value if isinstance(value, str) else ''}"
            told[key] = await question(graph, **given)
    return told


def comparable(told: Any) -> Any:
    """An answer without companies that have no business: they may be told, or left out."""
    if told and isinstance(told[0], Business):
        (one,) = told
        return [row for row in zip(one.ids, one.service_ids, one.billed, strict=True)
                if row[1] or row[2]]  # fmt: skip
    return told


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_every_question_is_answered_as_if_the_rest_were_not_there(
    seed: int, batches: BatchSession, graph: ReadSession
) -> None:
    world, random = a_world(seed), Random(seed)
    write_world(world, batches)
    some = set(random.sample(world.accounts, random.randint(0, len(world.accounts))))
    scoped = await answers(graph.seen_by(Scope("somebody", tuple(some))), world)
    everything = await answers(graph, world)
    forget_the_rest(some, batches)
    left = await answers(graph, world)

    expected = {key: [] if key.split()[0] in OPERATORS else left[key] for key in scoped}
    assert {key: (told, expected[key]) for key, told in scoped.items()
            if comparable(told) != comparable(expected[key])} == {}  # fmt: skip
    told_all = {key.split()[0] for key, told in everything.items() if told}
    assert len(told_all) > 25, sorted(told_all)


@pytest.mark.parametrize("seed", range(100, 100 + WORLDS))
async def test_what_goes_past_strangers_tells_their_place_alone(
    seed: int, batches: BatchSession, graph: ReadSession
) -> None:
    world, random = a_world(seed), Random(seed)
    write_world(world, batches)
    numbers = {world.id(one): one for one in range(world.size)}
    for _ in range(5):
        some = set(random.sample(world.accounts, random.randint(0, len(world.accounts))))
        seen = graph.seen_by(Scope("somebody", tuple(some)))
        mine = [one for one in numbers.values() if world.sees(some, one)]
        families = {root: [one for one in world.family(root, "legal") if one in mine]
                    for root in range(world.size)}  # fmt: skip
        for root in random.sample(range(world.size), 4):
            rows = await members(seen, root_id=world.id(root))
            told = {numbers[row.entity_id]: row.parent_id and numbers[row.parent_id]
                    for row in rows}  # fmt: skip
            expected = {
                one: next((up for up in world.above(one, "legal") if up in families[root]), None)
                if one != root else None
                for one in families[root]
            }  # fmt: skip
            assert told == (expected if root in mine else {})
            (held,) = await companies(seen, root_id=world.id(root), valid_on=DAY) or (None,)
            both = [one for one in numbers.values() if root in reached(world, one)]
            ids = sorted(world.id(one) for one in both if one in mine) if root in mine else None
            assert (held and held.ids) == ids
        largest = await largest_families(seen, valid_on=DAY, limit=100)
        tops = [one for one in mine if ("legal", one) not in world.parents]
        counts = {numbers[row.root_id]: (row.company_count, row.customer_count) for row in largest}
        assert counts == {
            top: (len(families[top]), len([one for one in families[top]
                  if one in world.customers and world.own(one) in some]))
            for top in tops
        }  # fmt: skip
        assert [row.company_count for row in largest] == sorted(
            (len(families[top]) for top in tops), reverse=True
        )
        up = await ultimate_parents(seen, entity_ids=list(numbers))
        assert {numbers[row.entity_id]: (row.ultimate_parent_id, row.name) for row in up} == {
            one: top_of(world, some, one) for one in mine
        }


def reached(world: World, company: int) -> set[int]:
    """It and whom it reaches upward by parents of both views."""
    found, waiting = set[int](), [company]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [world.parents[view, one] for view in ("legal", "commercial")
                        if (view, one) in world.parents]  # fmt: skip
    return found


def top_of(world: World, some: set[str], company: int) -> tuple[str, str | None]:
    """The id and the name of its ultimate parent, as they may be told."""
    above = world.above(company, "legal")
    top = above[-1] if above else company
    if world.sees(some, top):
        return world.id(top), world.name(top)
    return f"out-of-scope-{len(above)}", None


async def test_a_statement_that_names_no_scope_is_not_asked(graph: ReadSession) -> None:
    with pytest.raises(StatementError) as refused:
        await graph.rows("MATCH (entity:LegalEntity) RETURN entity.id AS id")
    assert "names no $scope" in refused.value.what
    assert await graph.rows("// Public: a number.\nRETURN 1 AS one") == [[1]]
    with pytest.raises(StatementError):
        await graph.rows("RETURN '$scope' AS text")
