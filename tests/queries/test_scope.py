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
from tests.queries.small_world import World, a_world, forget_the_rest, write_world

FOLDER = ROOT / "queries"
BY_PLACE = ("hierarchy", "hierarchy_now", "hierarchy_planned", "members", "ancestors", "changes",
            "ultimate_parents")  # fmt: skip
"""Questions that tell places of whom may not be seen: tests/api/graphql/test_scope.py."""
OPERATORS = ("ledger", "system_of_record", "called_wrong", "rule_runs", "account_without_customer")
"""Questions about our own house, which only who sees everything is answered."""
DAY = date(2026, 6, 20)
GIVEN: dict[str, Any] = {
    "valid_on": DAY, "on": DAY, "view": "legal", "limit": 100, "months": 12, "days": 60,
    "horizon_days": 400, "billed_within_days": 90, "worst": 5, "states": ["open"],
    "rule_id": None, "known_at": None, "property": None, "scheme": None, "label": None,
    "query": "+quarz", "candidates": 400, "now": datetime(2026, 6, 20, tzinfo=UTC), "base": "EUR",
    "max_age_days": 30, "value": "none", "account_id": None,
}  # fmt: skip


def questions() -> list[Callable[..., Any]]:
    """Every named question that has no answer in places."""
    found = []
    for path in sorted(FOLDER.glob("*/*.cypher")):
        if path.stem not in BY_PLACE:
            module = importlib.import_module(f"queries.{path.parent.name}.{path.stem}")
            found.append(getattr(module, path.stem))
    return found


def ids_of(world: World) -> dict[str, list[Any]]:
    """What may be given for a parameter: ids of everybody, own and foreign."""
    companies = [world.id(one) for one in range(world.size)]
    had = [world.id(one) for one in world.customers]
    kinds = ("agreement", "item", "product", "service", "account", "bill")
    facts = [f"{one}-{kind}" for one in companies for kind in ("legal", "commercial", "before")]
    facts += [f"{one}-{kind}" for one in had for kind in ("plays", "party", "real", "billed")]
    return {
        "entity_id": companies, "root_id": companies, "entity_ids": [companies],
        "account_ids": [world.accounts], "service_ids": [[f"{one}-service" for one in had]],
        "subject_ids": [[f"{one}-{kind}" for one in had for kind in kinds] + companies],
        "record_ids": [["r"]], "signal_id": [f"{one}-signal" for one in world.accounts],
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


@pytest.mark.parametrize("seed", range(8))
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

    for key, told in scoped.items():
        name = key.split()[0]
        assert (key, told) == (key, [] if name in OPERATORS else left[key])
    told_all = {key.split()[0] for key, told in everything.items() if told}
    assert len(told_all) > 25, sorted(told_all)


async def test_a_statement_that_names_no_scope_is_not_asked(graph: ReadSession) -> None:
    with pytest.raises(StatementError) as refused:
        await graph.rows("MATCH (entity:LegalEntity) RETURN entity.id AS id")
    assert "names no $scope" in refused.value.what
    assert await graph.rows("// Public: a number.\nRETURN 1 AS one") == [[1]]
    with pytest.raises(StatementError):
        await graph.rows("RETURN '$scope' AS text")
