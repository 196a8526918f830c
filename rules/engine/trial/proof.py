"""Runs a rule's own tests: creates what is given, asks the rule, compares, and undoes it all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.connection import BatchSession, Statements, as_native, as_text
from graph.errors import FootprintError
from graph.model.catalogue import RELATIONSHIPS
from graph.projection import project
from graph.statement import read_statement, split_statements
from rules.engine.files.fault import Fault
from rules.engine.files.format import Case, Pair, Rule
from rules.engine.judged.sight import Sight, System
from rules.engine.runs.run import ACCOUNTS

HERE = Path(__file__).parent
COMPLETE_FACTS = read_statement(HERE / "complete_facts.cypher").text
COMPLETE_PARENTS = read_statement(HERE / "complete_parents.cypher").text
FACTS = [name for one in RELATIONSHIPS.values() if one.kind == "fact" for name in one.tenses]


def prove(pair: Pair, session: BatchSession) -> Iterator[Fault]:
    """Every test of a rule that does not come out as it says; the graph must be empty.

    Facts of a test have all clocks that it does not name: they hold for ever. A parent that names
    no view stands in the legal and the commercial one. Families are worked out before the rule.
    All that the rule requires was loaded on the day, but for what the test says is late.
    """
    for number, case in enumerate(pair.rule.tests):
        where = pair.places.of_key(("tests", number))
        try:
            with session.trial() as trial:
                found = _findings(pair, case, trial)
        except FootprintError as error:
            yield Fault(where, f"{case.name}: {error.what}", error.remedy)
            continue
        except Exception as error:
            yield Fault(where, f"{case.name}: {error}", "mend the statement, or what is given")
            continue
        reason = _difference(case, found)
        if reason:
            yield Fault(where, f"{case.name}: {reason}", "mend the rule, or what is expected")


def _findings(pair: Pair, case: Case, trial: Statements) -> list[dict[str, Any]]:
    if _sight(pair.rule, case).blind(pair.rule):
        return []
    for given in (pair.rule.given, case.given):
        for statement in split_statements(given, where=str(pair.path)):
            trial.run(statement)
    trial.run(COMPLETE_PARENTS)
    trial.run(COMPLETE_FACTS, types=FACTS)
    project(trial)
    parameters: dict[str, Any] = {name: one.default for name, one in pair.rule.parameters.items()}
    parameters |= case.parameters
    parameters |= {
        "today": case.today or pair.rule.today,
        "account_ids": [id for (id,) in trial.rows(ACCOUNTS)],
    }
    rows = trial.rows(pair.statement.text, **parameters)
    return [dict(zip(pair.statement.columns, map(as_native, row), strict=True)) for row in rows]


def _sight(rule: Rule, case: Case) -> Sight:
    """What the rule can see on the day of a test."""
    today = case.today or rule.today
    return Sight(
        today,
        tuple(
            System(source, frozenset({source}), None if source in case.stale else today)
            for source in sorted({source for need in rule.requires for source in need})
        ),
    )


def _difference(case: Case, found: list[dict[str, Any]]) -> str:
    """What is other than expected, in words; empty when nothing is."""
    if len(found) != len(case.expect):
        return f"{len(case.expect)} findings expected, {len(found)} found{_shown(found)}"
    return "; ".join(
        f"{column} expected {value!r}, found {_plain(row.get(column))!r}"
        for expected, row in zip(case.expect, found, strict=True)
        for column, value in expected.items()
        if not _alike(value, row.get(column))
    )


def _alike(expected: Any, found: Any) -> bool:
    plain = _plain(found)
    if isinstance(expected, list) and isinstance(plain, list):
        return len(expected) == len(plain) and all(map(_alike, expected, plain))
    if isinstance(expected, float) and isinstance(plain, int | float):
        return math.isclose(expected, plain, rel_tol=1e-6)
    return bool(expected == plain)


def _plain(value: Any) -> Any:
    """A value as YAML would hold it: days as text."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return as_text(value) if isinstance(value, date) else value


def _shown(found: Sequence[Mapping[str, Any]]) -> str:
    rows = [{name: _plain(value) for name, value in row.items()} for row in found[:3]]
    return f": {rows}" if rows else ""
