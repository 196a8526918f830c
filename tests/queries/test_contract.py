"""What holds for every named question: file, function, row, order, and the plan that answers it."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from graph.connection import BatchSession
from graph.engine import Server
from graph.model.catalogue import RELATIONSHIPS
from graph.settings import ROOT
from graph.statement import Statement, is_scoped, read_statement

FOLDER = ROOT / "queries"
FILES = sorted(FOLDER.glob("*/*.cypher"))
READ_WHOLE = ("reconciliation",)
"""Subjects whose questions look at every node of a label: there is nothing to look up first."""
WHOLE_LABEL = (
    "sources",
    "ledger",
    "largest_families",
    "signal_states",
    "rule_runs",
    "called_wrong",
    "account_page",
)
"""Questions of other subjects that do so."""


PUBLIC = ("feed_head", "freshness", "sources", "rates")
"""Questions that speak of no customer: how our feed and sources do, what money is worth."""


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.fixture(params=FILES, ids=name_of)
def statement(request: pytest.FixtureRequest) -> Statement:
    return read_statement(request.param)


@pytest.fixture
def function(statement: Statement) -> Callable[..., Any]:
    module = importlib.import_module(f"queries.{statement.path.parent.name}.{statement.name}")
    return getattr(module, statement.name)  # type: ignore[no-any-return]


def test_there_are_queries() -> None:
    assert len(FILES) > 15


def test_parameters_are_keyword_parameters(
    statement: Statement, function: Callable[..., Any]
) -> None:
    graph, *given = inspect.signature(function).parameters.values()
    assert graph.name == "graph"
    assert {one.kind for one in given} <= {inspect.Parameter.KEYWORD_ONLY}
    assert {one.name for one in given} - {"columns"} == set(statement.parameters) - {"scope"}


def test_whose_eyes_it_is_seen_with_is_asked_but_for_what_is_public(statement: Statement) -> None:
    assert ("scope" in statement.parameters) != (statement.name in PUBLIC)
    assert is_scoped(statement.text)


def test_columns_are_the_fields_of_the_row(
    statement: Statement, function: Callable[..., Any]
) -> None:
    (row,) = typing.get_args(typing.get_type_hints(function)["return"])
    assert statement.columns == tuple(field.name for field in dataclasses.fields(row))


def test_order_is_total(statement: Statement) -> None:
    assert [key for key in statement.order_by if re.search(r"_id$|^ids\[0\]$|^reason$", key)]


def test_nothing_is_written(statement: Statement) -> None:
    assert not statement.writes


def test_sentence_says_what_a_row_is(statement: Statement) -> None:
    assert re.fullmatch(r"[A-Z].+\. One row per [^.]+\.", statement.sentence)


def test_plan_looks_up_and_never_scans_all(
    statement: Statement, batches: BatchSession, driver: Driver, empty_graph: Server
) -> None:
    with driver.session(database=empty_graph.database) as session:
        parameters = dict.fromkeys(statement.parameters)
        plan = session.run(f"EXPLAIN {statement.text}", parameters).consume().plan
    assert plan
    operators = {operator.partition("@")[0] for operator in operators_of(plan)}
    assert operators & {"NodeUniqueIndexSeek", "ProcedureCall", "NodeIndexSeek"} or (
        statement.name in WHOLE_LABEL or statement.path.parent.name in READ_WHOLE
    )
    assert "CartesianProduct" not in operators or statement.path.parent.name not in READ_WHOLE
    assert not operators & {"AllNodesScan", "DirectedAllRelationshipsScan"}
    assert not [name for name in operators if "TypeScan" in name]


def operators_of(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"]
    for child in plan.get("children", []):
        yield from operators_of(child)


def test_a_fact_is_found_whatever_its_type() -> None:
    asked = set(re.findall(r"\[fact:(\w+) ", (FOLDER / "entity" / "fact.cypher").read_text()))
    facts = [each for each in RELATIONSHIPS.values() if each.kind == "fact"]
    assert asked == {name for each in facts for name in each.tenses}
