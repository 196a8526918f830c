"""The sandbox: what others write does no harm, is stopped in time, and is told why and where."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j import Driver

from graph.connection import open_batches
from graph.engine import Server
from graph.errors import RuleStopped, StatementError
from graph.plan import Operator, Plan
from graph.sandbox import Limits, Sandbox, open_sandbox
from graph.schema import ensure_schema
from graph.settings import ROOT
from graph.statement import parse_statement
from rules.engine.files.fault import Fault
from rules.engine.safety.allowed import FUNCTIONS, OPERATORS
from rules.engine.safety.sandbox import examined, refusals
from tests.rules.engine.hostility import (
    LIMITS,
    PATH,
    Hostility,
    fill,
    listening,
    statement_of,
    stop_of,
    there_is,
)

HERE = Path(__file__).parent
HOSTILE = {case["name"]: case for case in yaml.safe_load((HERE / "hostile.yaml").read_text())}
HARMLESS = {case["name"]: case for case in yaml.safe_load((HERE / "harmless.yaml").read_text())}
OURS = sorted((ROOT / "queries").glob("*/*.cypher"))
OF_OURS_ALONE = {"ProcedureCall": ["search.cypher"]}
"""Steps that our own questions take and rules may not: search by full text."""


@pytest.fixture(scope="module")
def filled(emptied: Any) -> Server:
    server: Server = emptied()
    with open_batches(server) as session:
        ensure_schema(session)
        fill(session)
    return server


@pytest.fixture(scope="module")
def planner(filled: Server) -> Iterator[Sandbox]:
    """A sandbox that has time to plan on a busy machine."""
    with open_sandbox(filled, Limits(seconds=30.0)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def hostility(filled: Server, driver: Driver, planner: Sandbox) -> Hostility:
    """All that is hostile, one after the other on one server, and what there was around it."""
    with listening() as listener, open_sandbox(filled, LIMITS) as sandbox:
        before = there_is(driver)
        stops = {
            name: stop_of(case, listener.address, planner, sandbox)
            for name, case in HOSTILE.items()
        }
        return Hostility(before, stops, there_is(driver), len(listener.calls))


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_statement_is_stopped_in_time_with_line_and_reason(
    case: dict[str, Any], hostility: Hostility
) -> None:
    stop = hostility.stops[case["name"]]

    assert stop is not None
    line = f"{case['line']}:" if case["line"] else ""
    assert (stop.by, f"{stop.where}:"[: len(f"{PATH}:{line}")]) == (case["by"], f"{PATH}:{line}")
    assert case["reason"] in stop.reason
    assert stop.mend
    assert stop.seconds <= LIMITS.seconds + 1


def test_nothing_was_written_nobody_was_called_and_the_server_answers(
    hostility: Hostility, planner: Sandbox
) -> None:
    assert hostility.after == hostility.before
    assert hostility.calls == 0
    assert planner.rows("MATCH (it:Dense) RETURN count(it) AS n").rows == [(40,)]


@pytest.mark.parametrize("case", HARMLESS.values(), ids=HARMLESS)
def test_a_statement_as_rules_are_written_is_not_refused(
    case: dict[str, Any], planner: Sandbox
) -> None:
    statement = statement_of(case)

    assert examined(statement, planner) == []
    assert refusals(statement, planner.plan(statement)) == []


@pytest.mark.parametrize(
    ("cypher", "reason"),
    [
        ("CREATE (it:Site {id: 'x'}) RETURN it.id AS id", "read access mode"),
        ("MATCH (it:Site) SET it.id = 'x' RETURN it.id AS id", "read access mode"),
        ("CALL db.createLabel('Mine')", "read access mode"),
        ("CREATE INDEX mine FOR (it:Site) ON (it.city)", "read access mode"),
    ],
)
def test_a_write_that_slips_through_is_refused_by_the_session(
    cypher: str, reason: str, planner: Sandbox
) -> None:
    with pytest.raises(StatementError, match=reason):
        planner.rows(cypher)


def test_what_hears_nobody_is_left_behind_and_the_next_is_answered(filled: Server) -> None:
    deaf = "RETURN any(x IN range(1, 150000000) WHERE x < 0) AS n"
    with open_sandbox(filled, Limits(seconds=0.3)) as sandbox:
        began = time.monotonic()
        with pytest.raises(RuleStopped, match="ran longer than 0.3 s") as stopped:
            sandbox.rows(deaf)
        assert time.monotonic() - began <= 1.3
        assert stopped.value.as_dict()["limit"] == "time"

    with open_sandbox(filled) as sandbox:
        assert sandbox.rows("RETURN 1 AS n").rows == [(1,)]


def test_days_and_moments_come_out_as_python_has_them(planner: Sandbox) -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    answer = planner.rows(
        "RETURN date($day) AS day, [datetime($at)] AS at, {day: $day} AS told",
        day=date(2026, 7, 1),
        at=noon,
    )

    assert answer.columns == ("day", "at", "told")
    assert answer.rows == [(date(2026, 7, 1), [noon], {"day": date(2026, 7, 1)})]


def test_a_server_that_limits_a_transactions_memory_is_not_warned_of(planner: Sandbox) -> None:
    assert planner.warnings == ()


def test_our_own_questions_take_no_step_that_is_not_listed(planner: Sandbox) -> None:
    unlisted: dict[str, list[str]] = {}
    for path in OURS:
        plan = planner.plan(path.read_text())
        for operator in plan.operators():
            if operator.kind not in OPERATORS:
                unlisted.setdefault(operator.kind, []).append(path.name)

    assert unlisted == OF_OURS_ALONE


def test_every_function_that_rules_may_call_is_one_of_the_server(driver: Driver) -> None:
    with driver.session() as session:
        known = {name.lower() for (name,) in session.run("SHOW FUNCTIONS YIELD name").values()}

    # These two are syntax rather than functions.
    assert FUNCTIONS - known == {"shortestpath", "allshortestpaths"}


def _plan(**step: Any) -> Plan:
    given = {"details": "", "estimated_rows": 1.0, "identifiers": ("it",), "children": ()}
    return Plan("r", Operator(**{**given, **step}))


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (_plan(name="QuantumScan"), "the step QuantumScan is not for rules"),
        (_plan(name="NodeUniqueIndexSeek(Locking)"), "the step NodeUniqueIndexSeek(Locking)"),
        (_plan(name="NodeByLabelScan", estimated_rows=2e8), "200,000,000 rows are expected of"),
        (_plan(name="CartesianProduct", estimated_rows=2e6), "2,000,000 rows are expected of each"),
        (Plan("w", None), "it does not only read"),
        (Plan("r", None), "it does not only read"),
    ],
)
def test_a_plan_is_refused_for_what_is_unknown_too_large_or_not_shown(
    plan: Plan, reason: str
) -> None:
    text = "// Sites. One row per site.\nMATCH (of:Country)\nMATCH (it:Site)\nRETURN it.id AS id"

    faults = refusals(parse_statement(text, PATH), plan)

    line = 3 if plan.root else 2
    assert [(fault.where, fault.reason[: len(reason)]) for fault in faults] == [
        (f"{PATH}:{line}", reason)
    ]
    assert all(isinstance(fault, Fault) and fault.mend for fault in faults)
